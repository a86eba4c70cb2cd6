import type { Certificate } from '../model/certificate.js';
import { readBitStringBytes } from './der/bit-string.js';
import { readInteger } from './der/integer.js';
import { readTime } from './der/time.js';
import {
  contentOf,
  type DerElement,
  encodingOf,
  readChildren,
  readDer,
  readWrapped,
  requireTag,
  TAG,
} from './der.js';
import { DerError } from './der-error.js';
import { type Extensions, NO_EXTENSIONS, readExtensions } from './extensions.js';
import { fingerprint } from './fingerprint.js';
import { formatGeneralName } from './general-name.js';
import { toHex } from './hex.js';
import { findAttribute, formatName, readName } from './name.js';
import type { ParsedCertificate, SignatureAlgorithm } from './parsed-certificate.js';
import { readPublicKey } from './public-key.js';
import { readSignatureAlgorithm } from './signature-algorithm.js';
import { readValidation } from './validation.js';

/** The largest that a TLS certificate message can hold is 16 MiB; the largest honest certificates have 100 KB. */
const MAX_CERTIFICATE_BYTES = 1_048_576;

/** RFC 5280, section 4.1.2.2. */
const MAX_SERIAL_OCTETS = 20;

/** Hostile certificates could have one for each of their extensions; nobody reads so many. */
const MAX_ODDITIES = 100;

const COMMON_NAME = '2.5.4.3';
const SUBJECT_ALT_NAME = '2.5.29.17';

/**
 * Reads a certificate (RFC 5280, section 4.1) as far as it can be read. Throws DerError only where its frame is broken,
 * so that it has no subject, key or signature to speak of; all other faults end up in `oddities`.
 *
 * The result's byte arrays are views of `der`: whoever keeps the one keeps the other.
 */
export function parseCertificate(der: Uint8Array): ParsedCertificate {
  if (der.length > MAX_CERTIFICATE_BYTES) {
    throw new DerError(`a certificate of ${der.length} bytes, more than ${MAX_CERTIFICATE_BYTES}`);
  }
  const certificate = requireTag(readDer(der), TAG.sequence, 'the certificate');
  const { oddities } = certificate.source;
  const [tbs, outerAlgorithm, signatureBits, ...more] = readChildren(certificate);
  if (more.length > 0) oddities.add('more follows the signature');
  const body = readBody(requireTag(tbs, TAG.sequence, 'the certificate body'));
  const isContradicted = !isSameEncoding(body.algorithm, outerAlgorithm);
  const signatureAlgorithm: SignatureAlgorithm = {
    ...readSignatureAlgorithm(outerAlgorithm),
    ...(isContradicted && { isContradicted }),
  };
  const signature = readBitStringBytes(signatureBits, 'the signature');
  // RFC 5280, section 4.1.1.2.
  if (isContradicted) {
    oddities.add('the signature algorithm inside the signed part differs from the one outside');
  }
  const { algorithm: _, serialNumber, ...rest } = body;
  const encoded = encodingOf(certificate);
  const facts: Certificate = {
    fingerprintSha256: fingerprint(der),
    commonName: findAttribute(rest.subject, COMMON_NAME),
    subject: formatName(rest.subject),
    issuer: formatName(rest.issuer),
    subjectAltNames: rest.subjectAltNames?.map(formatGeneralName) ?? [],
    serialNumber,
    notBefore: formatTime(rest.notBefore),
    notAfter: formatTime(rest.notAfter),
    keyType: rest.publicKey.type,
    keyBits: rest.publicKey.bits,
    signatureAlgorithm: signatureAlgorithm.name,
    validation: readValidation(rest.policies),
    spkiSha256: fingerprint(rest.publicKey.der),
  };
  return {
    der: encoded,
    facts,
    tbs: tbs ? encodingOf(tbs) : encoded,
    ...rest,
    signatureAlgorithm,
    signature,
    oddities: [...oddities].slice(0, MAX_ODDITIES),
  };
}

interface Body
  extends Extensions,
    Pick<ParsedCertificate, 'version' | 'subject' | 'issuer' | 'notBefore' | 'notAfter' | 'publicKey'> {
  readonly serialNumber: string;
  readonly algorithm: DerElement | undefined;
}

/** TBSCertificate (RFC 5280, section 4.1.2). */
function readBody(tbs: DerElement): Body {
  const { oddities } = tbs.source;
  const fields = readChildren(tbs);
  const hasVersion = fields[0]?.tag === 0xa0;
  const version = hasVersion && fields[0] ? readVersion(fields[0]) : 1;
  const [serial, algorithm, issuer, validity, subject, key, ...optional] = hasVersion
    ? fields.slice(1)
    : fields;
  const serialNumber = readSerialNumber(serial);
  const issuerName = readName(issuer, 'issuer');
  const [notBefore, notAfter] = readValidity(validity);
  const subjectName = readName(subject, 'subject');
  const publicKey = readPublicKey(key);
  const extensionsWrapper = optional.find((field) => field.tag === 0xa3);
  const extensions = extensionsWrapper ? readWrappedExtensions(extensionsWrapper) : NO_EXTENSIONS;
  if (extensionsWrapper && version !== 3) oddities.add(`a certificate of version ${version} has extensions`);
  noteEmptyNames(tbs, issuerName.relativeNames.length, subjectName.relativeNames.length, extensions);
  return {
    version,
    serialNumber,
    algorithm,
    issuer: issuerName,
    notBefore,
    notAfter,
    subject: subjectName,
    publicKey,
    ...extensions,
  };
}

/** Versions are counted from zero, and only 1 to 3 exist (RFC 5280, section 4.1.2.1). */
function readVersion(wrapper: DerElement): number {
  const { oddities } = wrapper.source;
  try {
    const [octet = 0, ...more] = readInteger(readWrapped(wrapper), 'the version');
    const version = octet + 1;
    if (more.length === 0 && version <= 3) {
      if (version === 1) oddities.add('the version is 1 but written out');
      return version;
    }
    oddities.add('the version is none of 1, 2 and 3');
  } catch (error) {
    if (!(error instanceof DerError)) throw error;
    oddities.add(`the version cannot be read: ${error.message}`);
  }
  // What has a version written out has extensions to go with it.
  return 3;
}

function readSerialNumber(element: DerElement | undefined): string {
  const octets = readInteger(element, 'the serial number');
  const oddities = element?.source.oddities;
  const [first = 0, ...rest] = octets;
  const isPadded = first === 0 && rest.length > 0;
  // RFC 5280, section 4.1.2.2: positive, at most 20 octets.
  if (first >= 0x80) oddities?.add('the serial number is negative');
  if (octets.every((octet) => octet === 0)) oddities?.add('the serial number is zero');
  if (octets.length > MAX_SERIAL_OCTETS)
    oddities?.add(`the serial number is longer than ${MAX_SERIAL_OCTETS} octets`);
  if (!isPadded) return toHex(octets);
  let zeros = 0;
  while (zeros < octets.length - 1 && octets[zeros] === 0) zeros++;
  return toHex(octets.subarray(zeros));
}

function readValidity(element: DerElement | undefined): [notBefore: number | null, notAfter: number | null] {
  const validity = requireTag(element, TAG.sequence, 'the validity');
  try {
    const [notBefore, notAfter] = readChildren(validity);
    if (notBefore && notAfter) return [readTime(notBefore, 'notBefore'), readTime(notAfter, 'notAfter')];
    validity.source.oddities.add('the validity lacks a time');
  } catch (error) {
    if (!(error instanceof DerError)) throw error;
    validity.source.oddities.add(`the validity cannot be read: ${error.message}`);
  }
  return [null, null];
}

function readWrappedExtensions(wrapper: DerElement): Extensions {
  try {
    return readExtensions(readWrapped(wrapper));
  } catch (error) {
    if (!(error instanceof DerError)) throw error;
    wrapper.source.oddities.add(`the extensions cannot be read: ${error.message}`);
    return { ...NO_EXTENSIONS, unhandledExtensions: ['unreadable'] };
  }
}

/** RFC 5280, sections 4.1.2.4 and 4.1.2.6: only the subject may be empty, and then only with a critical SAN. */
function noteEmptyNames(
  tbs: DerElement,
  issuerSize: number,
  subjectSize: number,
  { extensions }: Extensions,
): void {
  if (issuerSize === 0) tbs.source.oddities.add('the issuer is empty');
  if (subjectSize > 0) return;
  if (extensions.some(({ oid, critical }) => oid === SUBJECT_ALT_NAME && critical)) return;
  tbs.source.oddities.add('the subject is empty without a critical subjectAltName');
}

function isSameEncoding(a: DerElement | undefined, b: DerElement | undefined): boolean {
  return a !== undefined && b !== undefined && Buffer.compare(contentOf(a), contentOf(b)) === 0;
}

function formatTime(time: number | null): string | null {
  return time === null ? null : new Date(time).toISOString();
}
