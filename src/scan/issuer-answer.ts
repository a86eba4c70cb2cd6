import { parseCertificate } from '../x509/certificate.js';
import { encodingOf, readDer } from '../x509/der.js';
import { DerError } from '../x509/der-error.js';
import { readPem } from '../x509/pem.js';
import { isPkcs7, readPkcs7 } from '../x509/pkcs7.js';

/** Certificates taken from one answer: the largest, of the bridges between CAs, have about a hundred. */
const MAX_CERTIFICATES = 128;

/**
 * Reads the certificates in what a server of issuers answers: one in DER or a certs-only PKCS#7 message (RFC 5280,
 * section 4.2.2.1), or, as many serve them, either in PEM. Throws DerError where there is none.
 */
export function readIssuerAnswer(bytes: Uint8Array): readonly Uint8Array[] {
  if (bytes.length === 0) throw new DerError('it is empty');
  // PEM first: the tag of a sequence is the character 0, so that text may begin like DER.
  const blocks = readPem(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1'));
  const parts = blocks.length > 0 ? blocks.map(({ der }) => der) : [bytes];
  const found: Uint8Array[] = [];
  let fault: DerError | null = null;
  for (const part of parts.slice(0, MAX_CERTIFICATES)) {
    try {
      for (const der of open(part)) {
        if (found.length === MAX_CERTIFICATES) return found;
        parseCertificate(der);
        found.push(der);
      }
    } catch (error) {
      if (!(error instanceof DerError)) throw error;
      fault ??= error;
    }
  }
  if (found.length === 0) throw fault ?? new DerError('it holds no certificate');
  return found;
}

function open(part: Uint8Array): readonly Uint8Array[] {
  const element = readDer(part);
  return isPkcs7(element) ? readPkcs7(element) : [encodingOf(element)];
}
