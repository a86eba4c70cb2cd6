import { hash } from 'node:crypto';
import { readInteger } from './der/integer.js';
import { readOid } from './der/oid.js';
import { contentOf, type DerElement, readChildren, requireTag, TAG } from './der.js';
import { encodeDer } from './encode-der.js';
import { HASH_ALGORITHMS } from './hash-algorithms.js';
import type { ParsedCertificate } from './parsed-certificate.js';
import { minimiseSerialNumber, readSerialNumber } from './serial-number.js';

/** How OCSP names a certificate: by digests of its issuer, and by its serial number (RFC 6960, section 4.1.1). */
export interface OcspCertificateId {
  /** As node:crypto calls it; null: unknown. */
  readonly hash: string | null;
  readonly issuerNameHash: Uint8Array;
  readonly issuerKeyHash: Uint8Array;
  /** The INTEGER's bytes. */
  readonly serialNumber: Uint8Array;
}

/** Digests that responders may name issuers by; others would only be made up. */
const ID_HASHES: ReadonlySet<string> = new Set(['sha1', 'sha256', 'sha384', 'sha512']);

const SHA1_ALGORITHM = encodeDer(
  TAG.sequence,
  encodeDer(TAG.oid, Uint8Array.of(0x2b, 0x0e, 0x03, 0x02, 0x1a)),
  encodeDer(TAG.null),
);

/** Reads a CertID. */
export function readOcspCertificateId(element: DerElement | undefined): OcspCertificateId {
  const what = 'the certificate identifier';
  const [algorithm, name, key, serial] = readChildren(requireTag(element, TAG.sequence, what));
  const [identifier] = readChildren(requireTag(algorithm, TAG.sequence, what));
  const known = HASH_ALGORITHMS[readOid(identifier, what)] ?? null;
  return {
    hash: known !== null && ID_HASHES.has(known) ? known : null,
    issuerNameHash: contentOf(requireTag(name, TAG.octetString, what)),
    issuerKeyHash: contentOf(requireTag(key, TAG.octetString, what)),
    serialNumber: readInteger(serial, 'the serial number'),
  };
}

/** Encodes the CertID of a certificate with SHA-1, which names and does not protect: all responders know it (RFC 5019). */
export function encodeOcspCertificateId(certificate: ParsedCertificate, issuer: ParsedCertificate): Buffer {
  return encodeDer(
    TAG.sequence,
    SHA1_ALGORITHM,
    encodeDer(TAG.octetString, hash('sha1', certificate.issuer.der, 'buffer')),
    encodeDer(TAG.octetString, hash('sha1', issuer.publicKey.bytes, 'buffer')),
    encodeDer(TAG.integer, readSerialNumber(certificate)),
  );
}

/** Whether a CertID means this certificate. */
export function isOcspCertificateId(
  id: OcspCertificateId,
  certificate: ParsedCertificate,
  issuer: ParsedCertificate,
): boolean {
  const serialNumber = minimiseSerialNumber(readSerialNumber(certificate));
  if (id.hash === null || !isSame(minimiseSerialNumber(id.serialNumber), serialNumber)) return false;
  return (
    isSame(id.issuerNameHash, hash(id.hash, certificate.issuer.der, 'buffer')) &&
    isSame(id.issuerKeyHash, hash(id.hash, issuer.publicKey.bytes, 'buffer'))
  );
}

function isSame(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0;
}
