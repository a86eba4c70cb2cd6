import type { KeyTest } from '../key-test.js';
import { readNumber } from '../rsa-numbers.js';

const P25519 = 2n ** 255n - 19n;
const P448 = 2n ** 448n - 2n ** 224n - 1n;

/** The coordinate of a point of edwards25519 of order 8; its negative belongs to another (RFC 7748, section 4.1). */
const ORDER_8 = 0x05fc536d880238b13933c6d305acdfd5f098eff289f4c345b027b2c28f95e826n;

/** By algorithm: the field, and the y coordinates of the points that vanish when multiplied with the cofactor. */
const CURVES: Readonly<Record<string, { readonly p: bigint; readonly small: readonly bigint[] }>> = {
  Ed25519: { p: P25519, small: [0n, 1n, P25519 - 1n, ORDER_8, P25519 - ORDER_8] },
  Ed448: { p: P448, small: [0n, 1n, P448 - 1n] },
};

/** The key is a point of small order, under which one signature fits many messages; no generator makes such a key. */
export const smallOrderPoint: KeyTest = {
  title: 'Points of small order',
  citation: 'RFC 8032, section 5.1.7; RFC 7748, section 6.1',
  run({ publicKey: { bytes, type } }) {
    const curve = CURVES[type];
    if (curve === undefined) return null;
    // RFC 8032, section 3.1: little-endian, the sign of x in the highest bit.
    const bigEndian = Uint8Array.from(bytes).reverse();
    if (bigEndian[0] !== undefined) bigEndian[0] &= 0x7f;
    // A y that is not below p is an encoding that some readers take all the same.
    if (bytes.length > MAX_KEY_OCTETS || !curve.small.includes(readNumber(bigEndian) % curve.p)) return null;
    const text = 'is a point of small order, under which anybody can sign';
    return { id: 'weak-ec-key', text, severity: 'critical' };
  },
};

/** Ed448 keys have 57 octets; whatever is longer is no such key. */
const MAX_KEY_OCTETS = 57;
