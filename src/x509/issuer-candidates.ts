import { foldName } from './name.js';
import type { DistinguishedName, ParsedCertificate } from './parsed-certificate.js';
import { isSelfIssued } from './path-rule.js';
import type { TrustStore } from './trust-store.js';

/** Certificates known from elsewhere, looked up by subject. */
export interface KnownCertificates {
  bySubject(name: DistinguishedName): readonly ParsedCertificate[];
  /** Completes "it is ..."; null or absent: nobody knows any more. */
  sourceOf?(certificate: ParsedCertificate): string | null;
}

/** A certificate that may have issued another: its subject is the other's issuer. */
export interface IssuerCandidate {
  readonly certificate: ParsedCertificate;
  /** Names of the trust stores that hold it; none: it is no anchor. */
  readonly stores: readonly string[];
  /** Neither presented nor in a store. */
  readonly isElsewhere: boolean;
  /** Whether its key identifier is the one that the other names: a hint only (RFC 4158, section 3.5.12). */
  readonly keyMatch: 'same' | 'unknown' | 'different';
}

/** Finds all certificates that may have issued one, the likeliest first. */
export type FindIssuers = (
  certificate: ParsedCertificate,
  useElsewhere: boolean,
) => readonly IssuerCandidate[];

/** Certificates of one name known elsewhere: CAs have a dozen, but devices share default names by the thousand. */
const MAX_ELSEWHERE = 256;

/** Makes the function that finds candidates for one search. */
export function makeIssuerCandidates(
  presented: readonly ParsedCertificate[],
  trustStores: readonly TrustStore[],
  elsewhere: KnownCertificates | undefined,
  now: number,
): FindIssuers {
  const bySubject = groupBySubject(presented);
  return (certificate, useElsewhere) => {
    const candidates = new Map<string, IssuerCandidate>();
    const add = (issuer: ParsedCertificate, store: string | null, isElsewhere: boolean) => {
      const known = candidates.get(issuer.facts.fingerprintSha256);
      // An anchor stays one when it is presented too, and may be in several stores.
      if (known && store === null) return;
      const stores = store === null ? [] : [...(known?.stores ?? []), store];
      const keyMatch = compareKeyIds(certificate, issuer);
      candidates.set(issuer.facts.fingerprintSha256, { certificate: issuer, stores, isElsewhere, keyMatch });
    };
    for (const store of trustStores) {
      for (const anchor of store.bySubject(certificate.issuer)) add(anchor, store.name, false);
    }
    for (const issuer of bySubject.get(foldName(certificate.issuer)) ?? []) add(issuer, null, false);
    for (const issuer of elsewhere?.bySubject(certificate.issuer).slice(0, MAX_ELSEWHERE) ?? []) {
      // Roots need not be sent, so a known one serves as well as one that was.
      const isRoot = isSelfIssued(issuer) && compareKeyIds(issuer, issuer) !== 'different';
      if (useElsewhere || isRoot) add(issuer, null, !isRoot);
    }
    const ranked = [...candidates.values()].map((candidate) => ({ candidate, rank: rankOf(candidate, now) }));
    return ranked.sort((a, b) => a.rank - b.rank).map(({ candidate }) => candidate);
  };
}

function groupBySubject(
  certificates: readonly ParsedCertificate[],
): ReadonlyMap<string, readonly ParsedCertificate[]> {
  const groups = new Map<string, ParsedCertificate[]>();
  for (const certificate of certificates) {
    const key = foldName(certificate.subject);
    const group = groups.get(key);
    if (group) group.push(certificate);
    else groups.set(key, [certificate]);
  }
  return groups;
}

function compareKeyIds(
  certificate: ParsedCertificate,
  issuer: ParsedCertificate,
): IssuerCandidate['keyMatch'] {
  const wanted = certificate.authorityKeyIdentifier;
  const offered = issuer.subjectKeyIdentifier;
  if (wanted === null || offered === null) return 'unknown';
  return Buffer.compare(wanted, offered) === 0 ? 'same' : 'different';
}

const KEY_RANKS = { same: 0, unknown: 8, different: 16 };

/** The right key before all, then what is valid now, then what ends the path, then what was sent. */
function rankOf({ certificate, stores, isElsewhere, keyMatch }: IssuerCandidate, now: number): number {
  const { notBefore, notAfter } = certificate;
  const isValid = notBefore !== null && notAfter !== null && notBefore <= now && now <= notAfter;
  const placeRank = stores.length > 0 ? 0 : isElsewhere ? 2 : 1;
  return KEY_RANKS[keyMatch] + (isValid ? 0 : 4) + placeRank;
}
