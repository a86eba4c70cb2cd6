import { findKnownName } from '../grade/known-name.js';
import type { Policy } from '../grade/policy.js';
import type { Certificate } from '../model/certificate.js';
import type { Endpoint } from '../model/endpoint.js';
import type { PathStatus } from '../model/path.js';
import { parseCertificate } from '../x509/certificate.js';
import { DerError } from '../x509/der-error.js';
import { fingerprint } from '../x509/fingerprint.js';
import type { ParsedCertificate } from '../x509/parsed-certificate.js';
import { findPath, type PathOptions, type PathRule } from '../x509/path.js';
import { isSelfIssued, isSelfSigned } from '../x509/path-rule.js';
import { matchServerName } from '../x509/server-name.js';
import type { TrustStore } from '../x509/trust-store.js';
import { completePath } from './complete-path.js';

/** What a chain is explained by: the same that it is judged by. */
export interface ChainContext {
  readonly policy: Policy;
  readonly trustStores: readonly TrustStore[];
  readonly now: Date;
  readonly intermediates?: NonNullable<PathOptions['intermediates']>;
  readonly distrust?: NonNullable<PathOptions['distrust']>;
}

/** What a certificate is in a chain. */
export type ChainRole = 'leaf' | 'intermediate' | 'root' | 'stranger';

/** One certificate as presented. */
export interface SentCertificate {
  /** From 1. */
  readonly place: number;
  readonly fingerprintSha256: string;
  /** Null: it cannot be read, `unreadable` says why. */
  readonly certificate: Certificate | null;
  readonly unreadable: string | null;
  /** `stranger`: a certificate that is no CA's, and not the first. Null: it cannot be read. */
  readonly role: ChainRole | null;
}

/** One certificate of the certification path. */
export interface PathCertificate {
  readonly certificate: Certificate;
  readonly role: ChainRole;
  /** Its first place in the presented chain; null: it was not sent. */
  readonly place: number | null;
  /** Trust stores that hold it. */
  readonly trustStores: readonly string[];
}

/** What one trust store alone makes of a chain. */
export interface StoreVerdict {
  readonly trustStore: string;
  readonly status: PathStatus;
  readonly reason: string | null;
}

/** One line of the chain file that a server ought to have. */
export interface ChainFileEntry {
  readonly subject: string;
  /** Null: the certificate is not at hand. */
  readonly fingerprintSha256: string | null;
  readonly place: number | null;
  /** Where it is known from, if it was not sent; completes "it is ...". Null: nobody knows. */
  readonly source: string | null;
  /** Where it is to be had, as its subordinate says. */
  readonly urls: readonly string[];
}

/** A presented chain, explained: what it consists of, where it leads, and what it ought to be. Plain JSON. */
export interface ChainCheck {
  /** The name that the certificate must be valid for; null: none is known. */
  readonly name: { readonly asked: string; readonly matches: boolean } | null;
  /** In sent order, as many as are looked at. */
  readonly presented: readonly SentCertificate[];
  /** Presented certificates beyond those. */
  readonly omitted: number;
  /** Leaf first, as far as the path could be built. */
  readonly path: readonly PathCertificate[];
  readonly trustStores: readonly StoreVerdict[];
  /** The nearest miss: which certificate breaks which rule; null: nothing to explain. */
  readonly problem: {
    readonly fingerprintSha256: string;
    readonly subject: string;
    readonly rule: PathRule;
    readonly message: string;
  } | null;
  /** The leaf, then each issuer, the root left out. */
  readonly chainFile: readonly ChainFileEntry[];
}

/** Presented certificates that are explained one by one: the longest honest chains have ten. */
const MAX_EXPLAINED = 20;

/** Explains a chain that an endpoint presented, DER as sent; null where its first certificate cannot be read. */
export function checkChain(
  chain: readonly Uint8Array[],
  endpoint: Endpoint,
  context: ChainContext,
): ChainCheck | null {
  const sent = chain.map(read);
  const leaf = sent[0]?.parsed ?? null;
  if (leaf === null) return null;
  const presented = sent.flatMap(({ parsed }) => (parsed === null ? [] : [parsed]));
  const places = new Map<string, number>();
  sent.forEach(({ fingerprintSha256 }, index) => {
    if (!places.has(fingerprintSha256)) places.set(fingerprintSha256, index + 1);
  });
  const options: PathOptions = {
    leaf,
    presented,
    trustStores: context.trustStores,
    now: context.now.getTime(),
    ...(context.intermediates && { intermediates: context.intermediates }),
    ...(context.distrust && { distrust: context.distrust }),
  };
  const { certificates, problem } = findPath(options);
  const completed = completePath(options);
  const asked = findKnownName(endpoint, context.policy.demandAddressNames);
  return {
    name: asked === null ? null : { asked, matches: matchServerName(leaf, asked).matches },
    presented: sent.slice(0, MAX_EXPLAINED).map(({ fingerprintSha256, parsed, unreadable }, index) => ({
      place: index + 1,
      fingerprintSha256,
      certificate: parsed?.facts ?? null,
      unreadable,
      role: parsed && roleOf(parsed, index),
    })),
    omitted: Math.max(0, sent.length - MAX_EXPLAINED),
    path: certificates.map((certificate, index) => ({
      certificate: certificate.facts,
      role: roleOf(certificate, index),
      place: places.get(certificate.facts.fingerprintSha256) ?? null,
      trustStores: context.trustStores.filter((store) => store.has(certificate)).map(({ name }) => name),
    })),
    trustStores: context.trustStores.map((store) => {
      const { path } = findPath({ ...options, trustStores: [store] });
      return { trustStore: store.name, status: path.status, reason: path.reason };
    }),
    problem: problem && {
      fingerprintSha256: problem.certificate.facts.fingerprintSha256,
      subject: problem.certificate.facts.subject,
      rule: problem.rule,
      message: problem.message,
    },
    chainFile: [
      ...completed.certificates
        .filter((certificate, index) => index === 0 || !isSelfIssued(certificate))
        .map((certificate, index, all) => toEntry(certificate, all[index - 1])),
      ...(completed.missingIssuer === null ? [] : [toMissingEntry(completed.missingIssuer.of)]),
    ],
  };

  function toEntry(certificate: ParsedCertificate, below: ParsedCertificate | undefined): ChainFileEntry {
    const { fingerprintSha256, subject } = certificate.facts;
    const place = places.get(fingerprintSha256) ?? null;
    if (place !== null) return { subject, fingerprintSha256, place, source: null, urls: [] };
    const source = context.intermediates?.sourceOf?.(certificate) ?? null;
    return { subject, fingerprintSha256, place, source, urls: below?.issuerUrls ?? [] };
  }
}

function toMissingEntry({ facts, issuerUrls }: ParsedCertificate): ChainFileEntry {
  return { subject: facts.issuer, fingerprintSha256: null, place: null, source: null, urls: issuerUrls };
}

/** A presented certificate; what cannot be read has no more than a fingerprint and a reason. */
interface ReadSent {
  readonly fingerprintSha256: string;
  readonly parsed: ParsedCertificate | null;
  readonly unreadable: string | null;
}

function read(der: Uint8Array): ReadSent {
  try {
    const parsed = parseCertificate(der);
    return { fingerprintSha256: parsed.facts.fingerprintSha256, parsed, unreadable: null };
  } catch (error) {
    if (!(error instanceof DerError)) throw error;
    return { fingerprintSha256: fingerprint(der), parsed: null, unreadable: error.message };
  }
}

function roleOf(certificate: ParsedCertificate, index: number): ChainRole {
  if (index === 0) return 'leaf';
  // Certificates from before version 3 cannot say that they are a CA's, and old roots are of that kind.
  const { basicConstraints, version } = certificate;
  const mayCertify = basicConstraints?.ca === true || version !== 3;
  if (!mayCertify) return 'stranger';
  return isSelfIssued(certificate) && isSelfSigned(certificate) ? 'root' : 'intermediate';
}
