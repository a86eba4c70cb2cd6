import { encodeOid } from '../../fixtures/encode-der.js';
import { encodeKey } from '../encode-certificate.js';

/** Encodes the SubjectPublicKeyInfo of an EC key on a named curve with any bytes for its point. */
export function encodeEcKey(curveOid: string, point: Uint8Array): Buffer {
  return encodeKey('1.2.840.10045.2.1', encodeOid(curveOid), point);
}
