import type { PathStatus } from '../../src/model/path.js';
import { parseCertificate } from '../../src/x509/certificate.js';
import type { ParsedCertificate } from '../../src/x509/parsed-certificate.js';
import { findPath, type PathOptions, type PathRule, type PathSearch } from '../../src/x509/path.js';
import { makeTrustStore } from '../../src/x509/trust-store.js';
import {
  type CertificateSpec,
  type MadeCertificate,
  makeCertificate,
  NOW,
} from '../fixtures/make-certificate.js';

/** Makes a CA. */
export function makeCa(name: string, spec: CertificateSpec = {}): Promise<MadeCertificate> {
  return makeCertificate({ subject: `CN=${name}`, ca: true, ...spec });
}

/** Makes a server's certificate. */
export function makeLeaf(issuer: MadeCertificate, spec: CertificateSpec = {}): Promise<MadeCertificate> {
  return makeCertificate({ dnsNames: ['a.example'], issuer, ...spec });
}

/** Makes another certificate for the name and key of one, signed by `issuer`. */
export function crossSign(
  subject: MadeCertificate,
  issuer: MadeCertificate,
  spec: CertificateSpec = {},
): Promise<MadeCertificate> {
  const { publicKey, privateKey } = subject;
  return makeCertificate({ ...subject.spec, key: { publicKey, privateKey }, issuer, ...spec });
}

/** What a server presents, what is trusted, and what is known elsewhere. */
export interface PathCase {
  /** The leaf comes first. */
  readonly presented: readonly MadeCertificate[];
  /** Trust stores by name. */
  readonly stores?: Readonly<Record<string, readonly MadeCertificate[]>>;
  readonly elsewhere?: readonly MadeCertificate[];
  readonly now?: Date;
  readonly distrust?: PathOptions['distrust'];
}

/** Searches the path of a case. */
export function search(pathCase: PathCase): PathSearch {
  const presented = pathCase.presented.map(({ der }) => parseCertificate(der));
  const [leaf] = presented;
  if (leaf === undefined) throw new Error('a case needs a leaf');
  const stores = Object.entries(pathCase.stores ?? {});
  const elsewhere = makeTrustStore('elsewhere', pathCase.elsewhere?.map(({ der }) => der) ?? []);
  return findPath({
    leaf,
    presented,
    trustStores: stores.map(([name, made]) =>
      makeTrustStore(
        name,
        made.map(({ der }) => der),
      ),
    ),
    now: (pathCase.now ?? NOW).getTime(),
    ...(pathCase.elsewhere && { intermediates: elsewhere }),
    ...(pathCase.distrust && { distrust: pathCase.distrust }),
  });
}

/** The common names along a path, and how it ended. */
export interface Outcome {
  readonly status: PathStatus;
  readonly names: readonly (string | null)[];
  readonly stores: readonly string[];
  readonly rule: PathRule | null;
}

/** Boils a search down to what most tests look at. */
export function outcomeOf({ path, certificates, problem }: PathSearch): Outcome {
  return {
    status: path.status,
    names: certificates.map(nameOf),
    stores: path.trustStores,
    rule: problem?.rule ?? null,
  };
}

/** The common name of a certificate. */
export function nameOf(certificate: ParsedCertificate): string | null {
  return certificate.facts.commonName;
}
