import { encodeDer, encodeInteger, encodeSequence, TAG } from '../../fixtures/encode-der.js';
import { encodeKey } from '../encode-certificate.js';

/** Encodes the SubjectPublicKeyInfo of an RSA key with any numbers. */
export function encodeRsaKey(modulus: bigint, exponent = 65537n): Buffer {
  const key = encodeSequence(encodeInteger(modulus), encodeInteger(exponent));
  return encodeKey('1.2.840.113549.1.1.1', encodeDer(TAG.null), key);
}
