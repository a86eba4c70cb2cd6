import { type DerElement, encodingOf, readChildren, readDer, requireTag, TAG } from './der.js';
import { DerError } from './der-error.js';
import { isJavaKeyStore, JKS_ADVICE } from './java-key-store.js';
import { type PemBlock, readPem } from './pem.js';
import { isPkcs7, readPkcs7 } from './pkcs7.js';
import { isPkcs12, readPkcs12 } from './pkcs12.js';

/** Labels under which certificates are found; the OpenSSL form has trust settings behind the certificate. */
const CERTIFICATE_LABELS: ReadonlySet<string> = new Set([
  'CERTIFICATE',
  'X509 CERTIFICATE',
  'TRUSTED CERTIFICATE',
]);
const PKCS7_LABELS: ReadonlySet<string> = new Set(['PKCS7', 'CMS', 'PKCS #7 SIGNED DATA']);

/** Enough to tell what a file is. */
const MAX_SHOWN_LABELS = 8;

/**
 * Finds the certificates in a file: PEM with any number of blocks and noise around them, one in DER, PKCS#7 in either
 * form, or PKCS#12, opened with the password or, where there is none, with the empty one. Throws DerError, which says
 * what was found instead, where there is none, and PasswordError where a password is missing or wrong.
 */
export function readTrustAnchors(bytes: Uint8Array, password?: string): readonly Uint8Array[] {
  if (bytes.length === 0) throw new DerError('no certificate found: the file is empty');
  if (isJavaKeyStore(bytes)) throw new DerError(JKS_ADVICE);
  // PEM first: the tag of a sequence is the character 0, so that text may begin like DER.
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  const blocks = readPem(text);
  const found = blocks.length > 0 ? readBlocks(blocks) : readDerFile(readFile(bytes), password);
  if (found.length === 0) throw new DerError('no certificate found: the PKCS#7 or PKCS#12 data holds none');
  return found;
}

function readFile(bytes: Uint8Array): DerElement {
  try {
    return requireTag(readDer(bytes), TAG.sequence, 'the file');
  } catch (error) {
    if (!(error instanceof DerError)) throw error;
    throw new DerError('no certificate found: neither PEM nor whole DER');
  }
}

function readBlocks(blocks: readonly PemBlock[]): readonly Uint8Array[] {
  const found = blocks.flatMap(readBlock);
  if (found.length > 0 || blocks.some(({ label }) => PKCS7_LABELS.has(label))) return found;
  const labels = [...new Set(blocks.map(({ label }) => label))].slice(0, MAX_SHOWN_LABELS);
  throw new DerError(`no certificate found: the file holds ${labels.join(', ')}`);
}

function readBlock({ label, der }: PemBlock): readonly Uint8Array[] {
  if (CERTIFICATE_LABELS.has(label))
    return [encodingOf(requireTag(readDer(der), TAG.sequence, 'the certificate'))];
  return PKCS7_LABELS.has(label) ? readDerFile(readDer(der)) : [];
}

function readDerFile(element: DerElement, password?: string): readonly Uint8Array[] {
  if (isPkcs7(element)) return readPkcs7(element);
  if (isPkcs12(element)) {
    const { bags } = readPkcs12(element, password);
    return bags.flatMap(({ der, kind }) => (kind === 'certificate' ? [der] : []));
  }
  // Keys begin with a version, a certificate with what is signed.
  const [first] = readChildren(element);
  if (first?.tag === TAG.sequence) return [encodingOf(element)];
  throw new DerError('no certificate found: this is a key or other data in DER');
}
