import { readBitStringBytes } from './der/bit-string.js';
import { readOid } from './der/oid.js';
import { type DerElement, encodingOf, readChildren, readDer, requireTag, TAG } from './der.js';
import { DerError } from './der-error.js';
import { type Extensions, NO_EXTENSIONS, readExtensions } from './extensions.js';
import { fingerprint } from './fingerprint.js';
import { formatGeneralName } from './general-name.js';
import { findAttribute, formatName, readName } from './name.js';
import type { ParsedCertificate } from './parsed-certificate.js';
import { readPublicKey } from './public-key.js';
import { readSignatureAlgorithm } from './signature-algorithm.js';
import { isSignatureBy, type SignatureVerdict } from './signed-by.js';

/** A certificate signing request (PKCS#10), read as far as it can be read. */
export interface Csr
  extends Pick<ParsedCertificate, 'subject' | 'publicKey' | 'signatureAlgorithm' | 'oddities'> {
  /** Lower-case hex of the SHA-256 of the DER. */
  readonly fingerprintSha256: string;
  /** The subject's most specific common name; null when it has none. */
  readonly commonName: string | null;
  /** RFC 4514 string. */
  readonly subjectText: string;
  /** The names asked for, in the form that certificates have them: `DNS:a.example`. */
  readonly subjectAltNames: readonly string[];
  /** Lower-case hex of the SHA-256 of the SubjectPublicKeyInfo. */
  readonly spkiSha256: string;
  /** Whether the request is signed by its own key, which proves that who asks has it. */
  readonly selfSignature: SignatureVerdict;
}

/** Hostile requests are megabytes; the largest honest ones have some thousand names. */
const MAX_CSR_BYTES = 1_048_576;

const COMMON_NAME = '2.5.4.3';

/** The extensions asked for (RFC 2985, section 5.4.2), and the same as Windows wrote it before. */
const EXTENSION_REQUESTS: ReadonlySet<string> = new Set(['1.2.840.113549.1.9.14', '1.3.6.1.4.1.311.2.1.14']);

/** Reads a certificate signing request (RFC 2986, section 4). Throws DerError only where its frame is broken. */
export function parseCsr(der: Uint8Array): Csr {
  if (der.length > MAX_CSR_BYTES)
    throw new DerError(`a request of ${der.length} bytes, more than ${MAX_CSR_BYTES}`);
  const request = requireTag(readDer(der), TAG.sequence, 'the request');
  const { oddities } = request.source;
  const [info, algorithm, bits] = readChildren(request);
  const [, name, key, ...attributes] = readChildren(requireTag(info, TAG.sequence, 'the request body'));
  const subject = readName(name, 'subject');
  const publicKey = readPublicKey(key);
  const signatureAlgorithm = readSignatureAlgorithm(algorithm);
  const signature = readBitStringBytes(bits, 'the signature');
  const extensions = readRequested(attributes.find(({ tag }) => tag === 0xa0));
  const tbs = info ? encodingOf(info) : der;
  return {
    subject,
    publicKey,
    signatureAlgorithm,
    fingerprintSha256: fingerprint(der),
    commonName: findAttribute(subject, COMMON_NAME),
    subjectText: formatName(subject),
    subjectAltNames: extensions.subjectAltNames?.map(formatGeneralName) ?? [],
    spkiSha256: fingerprint(publicKey.der),
    selfSignature: isSignatureBy({ tbs, signature, signatureAlgorithm }, publicKey),
    oddities: [...oddities],
  };
}

function readRequested(attributes: DerElement | undefined): Extensions {
  if (attributes === undefined) return NO_EXTENSIONS;
  try {
    for (const attribute of readChildren(attributes)) {
      const [type, values] = readChildren(requireTag(attribute, TAG.sequence, 'an attribute'));
      if (!EXTENSION_REQUESTS.has(readOid(type, 'an attribute'))) continue;
      const [list] = readChildren(requireTag(values, TAG.set, 'the values of an attribute'));
      return list ? readExtensions(list) : NO_EXTENSIONS;
    }
  } catch (error) {
    if (!(error instanceof DerError)) throw error;
    attributes.source.oddities.add(`the attributes cannot be read: ${error.message}`);
  }
  return NO_EXTENSIONS;
}
