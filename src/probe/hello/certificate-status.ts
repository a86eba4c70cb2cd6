import { ByteReader } from './byte-reader.js';

/** Status types (RFC 6066, section 8; RFC 6961, section 2.2). */
const OCSP = 1;
const OCSP_MULTI = 2;

/** Reads the leaf's OCSP response from a CertificateStatus; null: none, or of a kind that nobody uses. */
export function readCertificateStatus(body: Buffer): Uint8Array | null {
  const reader = new ByteReader(body, 'CertificateStatus');
  const type = reader.uint8();
  if (type !== OCSP && type !== OCSP_MULTI) return null;
  const list = type === OCSP_MULTI ? reader.nested(3, 'the list of CertificateStatus') : reader;
  const response = type === OCSP_MULTI && list.left === 0 ? Buffer.alloc(0) : list.vector(3);
  if (type === OCSP) reader.end();
  return response.length === 0 ? null : new Uint8Array(response);
}
