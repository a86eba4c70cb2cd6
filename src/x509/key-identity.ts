import { toHex } from './hex.js';
import type { SubjectPublicKey } from './parsed-certificate.js';

/**
 * A text that is equal for two public keys exactly when they are the same key, though they may be written differently:
 * RSA under the name of RSASSA-PSS, or a point of a named curve compressed (SEC 1, section 2.3.3).
 */
export function keyIdentity({ bits, bytes, curve, der, rsa, type }: SubjectPublicKey): string {
  if (rsa) return `RSA ${toHex(rsa.modulus)} ${toHex(rsa.exponent)}`;
  if (type !== 'EC' || curve === null || curve === 'explicit' || bits === null)
    return `${type} ${toHex(der)}`;
  const octets = Math.ceil(bits / 8);
  const isCompressed = bytes.length === 1 + octets && (bytes[0] === 2 || bytes[0] === 3);
  const isWhole = bytes.length === 1 + 2 * octets && bytes[0] === 4;
  if (!isCompressed && !isWhole) return `${type} ${toHex(der)}`;
  const sign = (isCompressed ? (bytes[0] ?? 0) : (bytes.at(-1) ?? 0)) & 1;
  return `EC ${curve} ${sign} ${toHex(bytes.subarray(1, 1 + octets))}`;
}
