import { parseCertificate } from './certificate.js';
import { DerError } from './der-error.js';
import { toHex } from './hex.js';
import { foldName } from './name.js';
import type { DistinguishedName, ParsedCertificate } from './parsed-certificate.js';

/** A named set of certificates that a path may end at. */
export interface TrustStore {
  readonly name: string;
  readonly anchors: readonly ParsedCertificate[];
  /** The anchors of a name, compared by RFC 5280, section 7.1. */
  bySubject(name: DistinguishedName): readonly ParsedCertificate[];
  /** The anchors with a subject key identifier. */
  byKeyId(keyId: Uint8Array): readonly ParsedCertificate[];
  /** The anchors with a key: SHA-256 of the SubjectPublicKeyInfo, hex. */
  bySpki(spkiSha256: string): readonly ParsedCertificate[];
  /** Whether the store holds this very certificate. */
  has(certificate: ParsedCertificate): boolean;
}

/** Makes a trust store of certificates in DER; one that occurs twice counts once. Throws DerError for what is none. */
export function makeTrustStore(name: string, ders: Iterable<Uint8Array>): TrustStore {
  const anchors = new Map<string, ParsedCertificate>();
  const bySubject = new Map<string, ParsedCertificate[]>();
  const byKeyId = new Map<string, ParsedCertificate[]>();
  const bySpki = new Map<string, ParsedCertificate[]>();
  let place = 0;
  for (const der of ders) {
    // Anchors stay for the life of the process, the message or file that they came in should not.
    const anchor = readAnchor(new Uint8Array(der), ++place);
    const { fingerprintSha256, spkiSha256 } = anchor.facts;
    if (anchors.has(fingerprintSha256)) continue;
    anchors.set(fingerprintSha256, anchor);
    add(bySubject, foldName(anchor.subject), anchor);
    add(bySpki, spkiSha256, anchor);
    if (anchor.subjectKeyIdentifier) add(byKeyId, toHex(anchor.subjectKeyIdentifier), anchor);
  }
  return {
    name,
    anchors: [...anchors.values()],
    bySubject: (subject) => bySubject.get(foldName(subject)) ?? [],
    byKeyId: (keyId) => byKeyId.get(toHex(keyId)) ?? [],
    bySpki: (spkiSha256) => bySpki.get(spkiSha256) ?? [],
    has: (certificate) => anchors.has(certificate.facts.fingerprintSha256),
  };
}

function readAnchor(der: Uint8Array, place: number): ParsedCertificate {
  try {
    return parseCertificate(der);
  } catch (error) {
    if (!(error instanceof DerError)) throw error;
    throw new DerError(`certificate ${place} cannot be read: ${error.message}`);
  }
}

function add(index: Map<string, ParsedCertificate[]>, key: string, anchor: ParsedCertificate): void {
  const known = index.get(key);
  if (known) known.push(anchor);
  else index.set(key, [anchor]);
}
