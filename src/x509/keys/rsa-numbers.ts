import { toHex } from '../hex.js';
import type { SubjectPublicKey } from '../parsed-certificate.js';

/**
 * The longest modulus that is worked on, in octets: that of 16,384 bits, the most that OpenSSL takes. What the tests
 * cost grows with the square of the length, and the length is the peer's to choose.
 */
export const MAX_MODULUS_OCTETS = 2048;

/** The numbers of an RSA key. */
export interface RsaNumbers {
  readonly modulus: bigint;
  readonly exponent: bigint;
  readonly bits: number;
}

/** Turns an RSA key into numbers; null: it is none, or its numbers are too long to be worked on. */
export function readRsaNumbers({ rsa, bits }: SubjectPublicKey): RsaNumbers | null {
  if (rsa === null || bits === null) return null;
  const { modulus, exponent } = rsa;
  if (modulus.length > MAX_MODULUS_OCTETS || exponent.length > MAX_MODULUS_OCTETS) return null;
  return { modulus: readNumber(modulus), exponent: readNumber(exponent), bits };
}

/** Reads an unsigned big-endian number; no bytes are 0. */
export function readNumber(bytes: Uint8Array): bigint {
  return BigInt(`0x0${toHex(bytes)}`);
}
