import { hash } from 'node:crypto';
import { toHex } from '../hex.js';

/** A list of RSA keys that are known to be weak, each by a part of its digest. */
export interface KeyList {
  /** What messages call it. */
  readonly name: string;
  /** How many keys it holds. */
  readonly size: number;
  /** Whether it holds the key with this digest, as `digestModulus` makes it. */
  has(digest: Uint8Array): boolean;
  /** All of it, so that a worker can be sent it (`makeWordKeyList`); absent: the list comes with the program. */
  readonly words?: BigUint64Array;
}

/** Octets of a key's digest: 80 bits, the form of Debian's openssl-blacklist. */
export const DIGEST_OCTETS = 10;

/**
 * Makes the digest by which lists know an RSA key, whatever its exponent: the last ten octets of the SHA-1 of the line
 * that `openssl rsa -noout -modulus` prints.
 */
export function digestModulus(modulus: Uint8Array): Uint8Array {
  // The line has no leading zeros: a modulus of 1023 bits may begin with one digit of its first octet.
  const digits = toHex(modulus).replace(/^0+/, '').toUpperCase();
  return hash('sha1', `Modulus=${digits}\n`, 'buffer').subarray(-DIGEST_OCTETS);
}
