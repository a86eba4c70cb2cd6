import { TAG } from './der.js';
import { encodeDer } from './encode-der.js';
import { encodeOcspCertificateId } from './ocsp-certificate-id.js';
import type { ParsedCertificate } from './parsed-certificate.js';

/** 1.3.6.1.5.5.7.48.1.2. */
const NONCE_OID = Uint8Array.of(0x2b, 0x06, 0x01, 0x05, 0x05, 0x07, 0x30, 0x01, 0x02);

/**
 * Encodes the OCSP request for one certificate (RFC 6960, section 4.1), unsigned. A nonce is for those who would rather
 * have no answer than an old one: content delivery networks serve stored answers and leave it out.
 */
export function encodeOcspRequest(
  certificate: ParsedCertificate,
  issuer: ParsedCertificate,
  nonce?: Uint8Array,
): Buffer {
  const request = encodeDer(TAG.sequence, encodeOcspCertificateId(certificate, issuer));
  const list = encodeDer(TAG.sequence, request);
  const extensions =
    nonce === undefined ? [] : [encodeDer(0xa2, encodeDer(TAG.sequence, encodeNonce(nonce)))];
  return encodeDer(TAG.sequence, encodeDer(TAG.sequence, list, ...extensions));
}

/** RFC 9654, section 2.1: an OCTET STRING within that of the extension. */
function encodeNonce(nonce: Uint8Array): Buffer {
  const value = encodeDer(TAG.octetString, encodeDer(TAG.octetString, nonce));
  return encodeDer(TAG.sequence, encodeDer(TAG.oid, NONCE_OID), value);
}
