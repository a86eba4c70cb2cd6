import { type DerElement, encodingOf, readChildren, readDer, TAG } from './der.js';
import { DerError } from './der-error.js';
import { isJavaKeyStore, JKS_ADVICE } from './java-key-store.js';
import { findObjectKind } from './object-kind.js';
import { type PemBlock, readPem } from './pem.js';
import { readPkcs7 } from './pkcs7.js';
import { readPkcs12 } from './pkcs12.js';
import { PRIVATE_KEY_LABELS } from './private-key.js';

/** One thing that a file holds. */
export type FileObject =
  | {
      readonly kind: 'certificate' | 'request';
      readonly der: Uint8Array;
      readonly friendlyName: string | null;
    }
  | { readonly kind: 'private-key'; readonly block: PemBlock; readonly friendlyName: string | null }
  /** `what` says what it is, in a few words. */
  | { readonly kind: 'other'; readonly what: string }
  | { readonly kind: 'unreadable'; readonly what: string; readonly reason: string };

/** How a file is written. */
export type FileFormat = 'PEM' | 'DER' | 'PKCS#7' | 'PKCS#12';

/** What a file holds, in its order. */
export interface CertificateFile {
  readonly format: FileFormat;
  readonly objects: readonly FileObject[];
}

/** Bundles of all roots in the world have some thousand certificates; a file of millions of blocks is an attack. */
const MAX_OBJECTS = 65_536;

/** What else is armoured like certificates, in words. */
const OTHER_LABELS: Readonly<Record<string, string>> = {
  'X509 CRL': 'a revocation list',
  'PUBLIC KEY': 'a public key',
  'RSA PUBLIC KEY': 'a public key',
  'EC PARAMETERS': 'parameters of an EC key',
  'DSA PARAMETERS': 'parameters of a DSA key',
  'DH PARAMETERS': 'Diffie-Hellman parameters',
  'X9.42 DH PARAMETERS': 'Diffie-Hellman parameters',
  'OPENSSH PRIVATE KEY': 'a key of SSH',
};

/** Labels whose content is what it is, not what the label says: software mixes them up. */
const TELLING_LABELS: ReadonlySet<string> = new Set([
  'CERTIFICATE',
  'X509 CERTIFICATE',
  'TRUSTED CERTIFICATE',
  'CERTIFICATE REQUEST',
  'NEW CERTIFICATE REQUEST',
  'PKCS7',
  'CMS',
  'PKCS #7 SIGNED DATA',
  'PKCS12',
]);

/**
 * Lists what a file holds: PEM with noise around it, or one object in DER; PKCS#7 and PKCS#12 are opened. Throws
 * DerError when it is none of these, and PasswordError when a PKCS#12 file wants a password, or another one.
 */
export function readCertificateFile(bytes: Uint8Array, password?: string): CertificateFile {
  if (bytes.length === 0) throw new DerError('the file is empty');
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (isJavaKeyStore(bytes)) throw new DerError(JKS_ADVICE);
  const blocks = readPem(buffer.toString('latin1'));
  if (blocks.length > MAX_OBJECTS) throw new DerError(`more than ${MAX_OBJECTS} blocks`);
  if (blocks.length > 0)
    return { format: 'PEM', objects: blocks.flatMap((block) => readBlock(block, password)) };
  return readDerFile(bytes, password);
}

function readDerFile(bytes: Uint8Array, password: string | undefined): CertificateFile {
  const element = readWhole(bytes);
  const kind = findObjectKind(element);
  if (kind === null) throw new DerError('neither PEM nor a certificate, request, key or key store in DER');
  const format = kind === 'pkcs7' ? 'PKCS#7' : kind === 'pkcs12' ? 'PKCS#12' : 'DER';
  return { format, objects: readObject(element, password) };
}

function readWhole(bytes: Uint8Array): DerElement {
  try {
    return readDer(bytes);
  } catch (error) {
    if (!(error instanceof DerError)) throw error;
    throw new DerError('neither PEM nor whole DER');
  }
}

function readBlock(block: PemBlock, password: string | undefined): readonly FileObject[] {
  const { der, label } = block;
  if (PRIVATE_KEY_LABELS.has(label)) return [{ kind: 'private-key', block, friendlyName: null }];
  if (!TELLING_LABELS.has(label)) return [{ kind: 'other', what: OTHER_LABELS[label] ?? label }];
  try {
    return readObject(readDer(der), password);
  } catch (error) {
    if (!(error instanceof DerError)) throw error;
    // Whoever reads it as a certificate will say where it breaks off.
    if (label.endsWith('CERTIFICATE')) return [{ kind: 'certificate', der, friendlyName: null }];
    return [{ kind: 'unreadable', what: label, reason: error.message }];
  }
}

function readObject(element: DerElement, password: string | undefined): readonly FileObject[] {
  const der = encodingOf(element);
  const friendlyName = null;
  switch (findObjectKind(element)) {
    case 'certificate':
      return [{ kind: 'certificate', der, friendlyName }];
    case 'request':
      return [{ kind: 'request', der, friendlyName }];
    case 'private-key':
      return [{ kind: 'private-key', block: { label: labelOfKey(element), der }, friendlyName }];
    case 'encrypted-private-key':
      return [{ kind: 'private-key', block: { label: 'ENCRYPTED PRIVATE KEY', der }, friendlyName }];
    case 'pkcs7':
      return readPkcs7(element).map((each) => ({ kind: 'certificate', der: each, friendlyName }));
    case 'pkcs12':
      return readPkcs12(element, password).bags.map(toObject);
    case 'crl':
      return [{ kind: 'other', what: 'a revocation list' }];
    case 'public-key':
      return [{ kind: 'other', what: 'a public key' }];
    default:
      throw new DerError('this is no certificate');
  }
}

function toObject({ der, friendlyName, kind }: ReturnType<typeof readPkcs12>['bags'][number]): FileObject {
  switch (kind) {
    case 'certificate':
      return { kind, der, friendlyName };
    case 'private-key':
      return { kind, block: { label: 'PRIVATE KEY', der }, friendlyName };
    case 'crl':
      return { kind: 'other', what: 'a revocation list' };
    default:
      return { kind: 'other', what: kind === 'secret' ? 'a secret' : 'something unknown' };
  }
}

/** PKCS#8 has an algorithm behind the version, PKCS#1 a modulus, and EC keys of their own an OCTET STRING. */
function labelOfKey(element: DerElement): string {
  const second = readChildren(element)[1]?.tag;
  if (second === TAG.sequence) return 'PRIVATE KEY';
  return second === TAG.octetString ? 'EC PRIVATE KEY' : 'RSA PRIVATE KEY';
}
