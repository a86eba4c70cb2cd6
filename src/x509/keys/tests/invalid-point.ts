import type { KeyTest } from '../key-test.js';
import { isOnCurve, primeCurve, readPoint } from '../prime-curve.js';

/** The key is no point of its curve. A compressed point is not tested. */
export const invalidPoint: KeyTest = {
  title: 'A point that is not on its curve',
  citation: 'SP 800-56A revision 3, section 5.6.2.3.3; RFC 5480, section 2.2',
  run({ publicKey }) {
    const curve = publicKey.curve === null ? null : primeCurve(publicKey.curve);
    if (curve === null) return null;
    const point = readPoint(publicKey.bytes, curve);
    if (point !== null && (point.y === null || isOnCurve({ x: point.x, y: point.y }, curve))) return null;
    const text = `is no point of its curve (${publicKey.curve}): no sound client accepts it`;
    return { id: 'weak-ec-key', text, severity: 'high' };
  },
};
