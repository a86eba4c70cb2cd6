import type { KeyTest } from '../key-test.js';
import { listMultiples, primeCurve, readPoint } from '../prime-curve.js';

/** Private keys that are tried: the numbers that stubs and broken generators give, and their negatives. */
const LARGEST_PRIVATE_KEY = 64;

const known = new Map<string, ReadonlySet<bigint>>();

/** The private key is a number that anybody would try: 1, whose public key is the curve's generator, and the like. */
export const trivialEcKey: KeyTest = {
  title: 'Private keys that are small numbers',
  citation: 'SEC 2, section 2; FIPS 186-5, appendix A.2.1',
  run({ publicKey: { bytes, curve: name } }) {
    const curve = name === null ? null : primeCurve(name);
    if (name === null || curve === null) return null;
    const point = readPoint(bytes, curve);
    if (point === null) return null;
    let trivial = known.get(name);
    if (trivial === undefined) {
      trivial = new Set(listMultiples(curve, LARGEST_PRIVATE_KEY));
      known.set(name, trivial);
    }
    if (!trivial.has(point.x)) return null;
    const text = 'belongs to a private key that is a small number: anybody can find it by counting';
    return { id: 'weak-ec-key', text, severity: 'critical' };
  },
};
