import { type DerElement, encodingOf, readDer, requireTag, TAG } from './der.js';
import { DerError } from './der-error.js';
import { type PemBlock, readPem } from './pem.js';
import { isPkcs7, readPkcs7 } from './pkcs7.js';

/** Labels under which certificates are found; the OpenSSL form has trust settings behind the certificate. */
const CERTIFICATE_LABELS: ReadonlySet<string> = new Set([
  'CERTIFICATE',
  'X509 CERTIFICATE',
  'TRUSTED CERTIFICATE',
]);
const PKCS7_LABELS: ReadonlySet<string> = new Set(['PKCS7', 'CMS', 'PKCS #7 SIGNED DATA']);

/**
 * Finds the certificates in a file: PEM with any number of blocks and noise around them, one in DER, or PKCS#7 in
 * either form. Throws DerError, which says what was found instead, where there is none.
 */
export function readTrustAnchors(bytes: Uint8Array): readonly Uint8Array[] {
  const isDer = bytes[0] === TAG.sequence && !isPem(bytes);
  const found = isDer ? readDerFile(readDer(bytes)) : readPemFile(bytes);
  if (found.length === 0) throw new DerError('no certificate found: the PKCS#7 data holds none');
  return found;
}

function isPem(bytes: Uint8Array): boolean {
  return toBuffer(bytes).includes('-----BEGIN ');
}

function readPemFile(bytes: Uint8Array): readonly Uint8Array[] {
  if (bytes.length === 0) throw new DerError('no certificate found: the file is empty');
  const blocks = readPem(toBuffer(bytes).toString('latin1'));
  const found = blocks.flatMap(readBlock);
  if (found.length > 0 || blocks.some(({ label }) => PKCS7_LABELS.has(label))) return found;
  if (blocks.length === 0) throw new DerError('no certificate found: neither PEM nor DER');
  const labels = [...new Set(blocks.map(({ label }) => label))];
  throw new DerError(`no certificate found: the file holds ${labels.join(', ')}`);
}

function readBlock({ label, der }: PemBlock): readonly Uint8Array[] {
  if (CERTIFICATE_LABELS.has(label))
    return [encodingOf(requireTag(readDer(der), TAG.sequence, 'the certificate'))];
  return PKCS7_LABELS.has(label) ? readDerFile(readDer(der)) : [];
}

function readDerFile(element: DerElement): readonly Uint8Array[] {
  return isPkcs7(element) ? readPkcs7(element) : [encodingOf(element)];
}

function toBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
