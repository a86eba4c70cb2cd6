import type { Path, PathStatus } from '../model/path.js';
import { type KnownCertificates, makeIssuerCandidates } from './issuer-candidates.js';
import type { ParsedCertificate } from './parsed-certificate.js';
import { type CompletePath, type DeadEnd, makePathExploration } from './path-exploration.js';
import { isSelfIssued, isSelfSigned, type PathProblem } from './path-rule.js';
import { isSignedBy } from './signed-by.js';
import type { TrustStore } from './trust-store.js';

export type { KnownCertificates } from './issuer-candidates.js';
export type { PathProblem, PathRule } from './path-rule.js';

// Why a strict walk first and a lenient one only when it fails: almost every chain is sound and done with two or three
// signatures. Only for one that is not does it pay to walk past broken rules, so that the nearest miss can be told.

/** What to search for, and among what. */
export interface PathOptions {
  readonly leaf: ParsedCertificate;
  /** In sent order; may hold the leaf. */
  readonly presented: readonly ParsedCertificate[];
  readonly trustStores: readonly TrustStore[];
  /** Certificates known elsewhere: they prove what is missing, but make no path valid, as clients do not have them. */
  readonly intermediates?: KnownCertificates;
  /** Says why an anchor is not to be trusted for a leaf; null: it is. */
  readonly distrust?: (anchor: ParsedCertificate, leaf: ParsedCertificate) => string | null;
  /** Milliseconds since 1970, UTC. */
  readonly now: number;
}

/** What became of the search. */
export interface PathSearch {
  readonly path: Path;
  /** The same certificates as `path.certificates`, leaf first. */
  readonly certificates: readonly ParsedCertificate[];
  /** The nearest miss when the status is `invalid`, `untrusted` or `incomplete`. */
  readonly problem: PathProblem | null;
  /** Null unless the status is `incomplete`. */
  readonly missingIssuer: MissingIssuer | null;
}

/** What a path lacks. */
export interface MissingIssuer {
  /** The certificate whose issuer is missing. */
  readonly of: ParsedCertificate;
  /** The issuer, if it is known elsewhere. */
  readonly known: ParsedCertificate | null;
  /** Where it is known from; completes "it is ...". Null: that is not known. */
  readonly source: string | null;
  /** Names of the trust stores that would anchor the path, were all sent that is known elsewhere. */
  readonly trustStores: readonly string[];
}

/** Comparisons of one search: twice what a thousand constraints for a hundred names take. */
const MAX_NAME_COMPARISONS = 250_000;

/** Certificates of one name to try as a missing issuer: a CA renews its own some dozen times at most. */
const MAX_KNOWN_ISSUERS = 64;

/** Enough of a hostile name to find it by. */
const MAX_SHOWN_LENGTH = 120;

/**
 * Searches the best certification path for a leaf (RFC 5280, section 6; RFC 4158).
 *
 * The validity of the leaf itself does not matter here: that it has expired is a finding of its own, and its path may
 * still be `trusted`. Nor does that of trust anchors: as browsers have it and RFC 5280, section 6.1.1 (d), allows, an
 * anchor is a name and a key; one that has expired is told in `path.reason`. The path length and name constraints that its
 * certificate states are heeded (RFC 5937, section 4). Weak signatures count: they are findings.
 */
export function findPath(options: PathOptions): PathSearch {
  const { leaf, presented, trustStores, intermediates, now } = options;
  const holders = trustStores.filter((store) => store.has(leaf)).map(({ name }) => name);
  // Nobody else can have signed what carries its own name and verifies with its own key.
  if (holders.length === 0 && isSelfIssued(leaf) && isSelfSigned(leaf))
    return toSearch('self-signed', [leaf]);
  const budget = { comparisons: MAX_NAME_COMPARISONS };
  const findIssuers = makeIssuerCandidates(presented, trustStores, intermediates, now);
  const explore = (isLenient: boolean, useElsewhere: boolean) =>
    makePathExploration({ leaf, findIssuers, now, isLenient, useElsewhere, budget });

  const strict = explore(false, false);
  const anchored = strict.complete.filter(({ stores }) => stores.length > 0);
  const believed = anchored.filter((path) => findDistrust(path, options) === null);
  if (holders.length > 0 || believed.length > 0) return toTrusted(options, holders, believed);
  if (isSelfSigned(leaf)) return toSearch('self-signed', [leaf]);
  const [distrusted] = anchored;
  if (distrusted) return toSearch('untrusted', distrusted.certificates, findDistrust(distrusted, options));
  const [rooted] = strict.complete;
  if (rooted) return toSearch('private', rooted.certificates);

  const lenient = explore(true, false);
  const flawed = pickLeastFlawed(lenient.complete);
  if (flawed) return toSearch('invalid', flawed.certificates, flawed.problems[0] ?? null);
  const completable = intermediates ? explore(false, true).complete : [];
  const completed = completable.find(({ stores }) => stores.length > 0) ?? completable[0];
  if (completed?.elsewhere) return toCompleted(completed, completed.elsewhere, options);
  if (lenient.isCutShort) {
    const message = 'the search for its path was ended: too many certificates could be its issuers';
    return toSearch('invalid', [leaf], { certificate: leaf, rule: 'too-complex', message });
  }
  return toDeadEnd(lenient.deadEnds, options);
}

function findDistrust({ certificates }: CompletePath, { leaf, distrust }: PathOptions): PathProblem | null {
  const anchor = certificates.at(-1) ?? leaf;
  const message = distrust?.(anchor, leaf) ?? null;
  return message === null ? null : { certificate: anchor, rule: 'distrusted', message };
}

function toTrusted(
  { leaf, trustStores, now }: PathOptions,
  holders: readonly string[],
  believed: readonly CompletePath[],
): PathSearch {
  const names = new Set([...holders, ...believed.flatMap(({ stores }) => stores)]);
  const hasExpired = (path: CompletePath) => (path.certificates.at(-1)?.notAfter ?? now) < now;
  const best = believed.find((path) => !hasExpired(path)) ?? believed[0];
  const anchor = best?.certificates.at(-1);
  const certificates = best?.certificates ?? [leaf];
  const reason =
    best && anchor && hasExpired(best)
      ? `${describe(anchor)}: the trust anchor expired on ${anchor.facts.notAfter}, which not all clients check`
      : null;
  const inOrder = trustStores.map(({ name }) => name).filter((name) => names.has(name));
  return {
    path: { status: 'trusted', trustStores: inOrder, certificates: certificates.map(fingerprintOf), reason },
    certificates,
    problem: null,
    missingIssuer: null,
  };
}

/** A path that would be sound if the server sent what others know: it is shown as far as it goes without that. */
function toCompleted(path: CompletePath, known: ParsedCertificate, options: PathOptions): PathSearch {
  const certificates = path.certificates.slice(0, path.certificates.indexOf(known));
  return toIncomplete(certificates, known, options, path.stores);
}

/** Of dead ends the longest tells most, unless one is due to a certificate that poses as the issuer. */
function toDeadEnd(deadEnds: readonly DeadEnd[], options: PathOptions): PathSearch {
  const byLength = deadEnds.toSorted((a, b) => b.certificates.length - a.certificates.length);
  const end = byLength[0] ?? { certificates: [options.leaf], impostor: null, isLoop: false };
  const last = end.certificates.at(-1) ?? options.leaf;
  const known = options.intermediates?.bySubject(last.issuer).slice(0, MAX_KNOWN_ISSUERS) ?? [];
  const issuer = known.find((each) => isSignedBy(last, each.publicKey) === true) ?? null;
  if (issuer === null && end.impostor) {
    const message = `its signature does not verify with the key of its issuer ${describe(end.impostor)}`;
    return toSearch('invalid', end.certificates, { certificate: last, rule: 'signature', message });
  }
  if (issuer === null && end.isLoop) {
    const message = 'its issuers certify one another in a circle';
    return toSearch('invalid', end.certificates, { certificate: last, rule: 'loop', message });
  }
  return toIncomplete(end.certificates, issuer, options);
}

function toIncomplete(
  certificates: readonly ParsedCertificate[],
  known: ParsedCertificate | null,
  { intermediates }: PathOptions,
  trustStores: readonly string[] = [],
): PathSearch {
  const of = certificates.at(-1);
  if (of === undefined) throw new Error('a path has no leaf');
  const issuer = of.facts.issuer === '' ? 'without a name' : of.facts.issuer.slice(0, MAX_SHOWN_LENGTH);
  const message = `its issuer ${issuer} is neither presented nor in a trust store`;
  const search = toSearch('incomplete', certificates, { certificate: of, rule: 'missing-issuer', message });
  const source = (known && intermediates?.sourceOf?.(known)) ?? null;
  return { ...search, missingIssuer: { of, known, source, trustStores } };
}

function toSearch(
  status: PathStatus,
  certificates: readonly ParsedCertificate[],
  problem: PathProblem | null = null,
): PathSearch {
  const reason = problem && `${describe(problem.certificate)}: ${problem.message}`;
  return {
    path: { status, trustStores: [], certificates: certificates.map(fingerprintOf), reason },
    certificates,
    problem,
    missingIssuer: null,
  };
}

/** The path with the fewest broken rules is the nearest miss; one to an anchor before one to a private root. */
function pickLeastFlawed(paths: readonly CompletePath[]): CompletePath | undefined {
  const flaws = (path: CompletePath) => path.problems.length * 2 + (path.stores.length > 0 ? 0 : 1);
  return paths.toSorted((a, b) => flaws(a) - flaws(b))[0];
}

function fingerprintOf(certificate: ParsedCertificate): string {
  return certificate.facts.fingerprintSha256;
}

function describe({ facts }: ParsedCertificate): string {
  return facts.subject === ''
    ? `certificate ${facts.serialNumber}`
    : facts.subject.slice(0, MAX_SHOWN_LENGTH);
}
