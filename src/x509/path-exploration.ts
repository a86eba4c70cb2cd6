import type { FindIssuers, IssuerCandidate } from './issuer-candidates.js';
import type { ComparisonBudget } from './name-constraints.js';
import type { ParsedCertificate } from './parsed-certificate.js';
import {
  breaksAnchorLimit,
  breaksIssuerRule,
  breaksLeafRule,
  isSelfIssued,
  isSelfSigned,
  type PathProblem,
} from './path-rule.js';
import { isSignedBy } from './signed-by.js';

/** Certificates in one path: public paths have up to five, the longest private ones known some more. */
const MAX_PATH_LENGTH = 10;

/** Steps of one exploration, most of which verify a signature: honest chains take fewer than twenty. */
const MAX_STEPS = 100;

/** Complete paths that are kept: cross-signed roots give a dozen. */
const MAX_PATHS = 32;

/** A path from the leaf to an anchor or to a self-signed root. */
export interface CompletePath {
  readonly certificates: readonly ParsedCertificate[];
  /** Trust stores that hold its end; none: it ends in a private root. */
  readonly stores: readonly string[];
  /** Rules broken along it, nearest to the leaf first; always empty in a strict exploration. */
  readonly problems: readonly PathProblem[];
  /** The first certificate that was neither presented nor in a store. */
  readonly elsewhere: ParsedCertificate | null;
}

/** A path whose last certificate has no issuer that could be used. */
export interface DeadEnd {
  readonly certificates: readonly ParsedCertificate[];
  /** A certificate of the issuer's name, and as far as one can tell of the key meant, that did not sign it. */
  readonly impostor: ParsedCertificate | null;
  /** Whether its issuer is at hand, but in the path already. */
  readonly isLoop: boolean;
}

/** All that an exploration came by. */
export interface PathExploration {
  readonly complete: readonly CompletePath[];
  readonly deadEnds: readonly DeadEnd[];
  /** Whether a limit ended it before its time. */
  readonly isCutShort: boolean;
}

/** How to explore. */
export interface ExplorationMode {
  readonly leaf: ParsedCertificate;
  readonly findIssuers: FindIssuers;
  readonly now: number;
  /** Goes on past broken rules, to see where the path would have led. */
  readonly isLenient: boolean;
  /** Uses intermediates that were not presented. */
  readonly useElsewhere: boolean;
  readonly budget: ComparisonBudget;
}

interface Trail {
  readonly certificates: readonly ParsedCertificate[];
  readonly problems: readonly PathProblem[];
  readonly elsewhere: ParsedCertificate | null;
}

/** Walks from the leaf to all issuers, depth first, the likeliest first (RFC 4158, section 2.4). */
export function makePathExploration(mode: ExplorationMode): PathExploration {
  const { leaf, findIssuers, now, isLenient, useElsewhere, budget } = mode;
  const complete: CompletePath[] = [];
  const deadEnds: DeadEnd[] = [];
  let steps = 0;
  let isCutShort = false;

  const walk = (trail: Trail): void => {
    const last = trail.certificates.at(-1) ?? leaf;
    let hasIssuer = false;
    let isLoop = false;
    let impostor: ParsedCertificate | null = null;
    for (const candidate of findIssuers(last, useElsewhere)) {
      const issuer = candidate.certificate;
      if (trail.certificates.some((each) => isSameEntity(each, issuer))) {
        isLoop ||= !isSameEntity(issuer, last);
        continue;
      }
      if (++steps > MAX_STEPS || complete.length >= MAX_PATHS) {
        isCutShort = true;
        return;
      }
      const verdict = isSignedBy(last, issuer.publicKey);
      if (verdict === false) {
        if (candidate.keyMatch !== 'different') impostor ??= issuer;
        continue;
      }
      hasIssuer = true;
      const problems = [...trail.problems];
      if (verdict === 'unsupported') problems.push(unsupportedSignature(last));
      climb(trail, candidate, problems);
    }
    if (!hasIssuer) deadEnds.push({ certificates: trail.certificates, impostor, isLoop });
  };

  const climb = (trail: Trail, candidate: IssuerCandidate, problems: readonly PathProblem[]): void => {
    const { certificate, stores, isElsewhere } = candidate;
    const certificates = [...trail.certificates, certificate];
    const elsewhere = trail.elsewhere ?? (isElsewhere ? certificate : null);
    const isSound = problems.length === 0;
    if (!isSound && !isLenient) return;
    if (stores.length > 0) {
      const limit = breaksAnchorLimit(certificate, trail.certificates, budget);
      if (limit === null) complete.push({ certificates, stores, problems, elsewhere });
      else if (isLenient) complete.push({ certificates, stores, problems: [...problems, limit], elsewhere });
    }
    const isOwnIssuer = isSelfIssued(certificate);
    // An anchor that bears its issuer's name is a root, unless somebody else of that name can have signed it.
    if (isOwnIssuer && stores.length > 0 && !hasOtherIssuer(certificate)) return;
    const isRoot = isOwnIssuer && isSelfSigned(certificate);
    if (isRoot && stores.length > 0) return;
    const problem = breaksIssuerRule(certificate, trail.certificates, isRoot, now, budget);
    if (problem && !isLenient) return;
    const next = { certificates, problems: problem ? [...problems, problem] : problems, elsewhere };
    if (isRoot) complete.push({ ...next, stores: [] });
    // An intermediate may be an anchor of one store while another store holds its root.
    else if (certificates.length < MAX_PATH_LENGTH) walk(next);
    else isCutShort = true;
  };

  const hasOtherIssuer = (certificate: ParsedCertificate): boolean =>
    findIssuers(certificate, useElsewhere).some((other) => !isSameEntity(other.certificate, certificate));

  const leafProblem = breaksLeafRule(leaf);
  if (leafProblem === null || isLenient) {
    walk({ certificates: [leaf], problems: leafProblem ? [leafProblem] : [], elsewhere: null });
  }
  return { complete, deadEnds, isCutShort };
}

/** RFC 4158, section 5.2: the same name with the same key must not occur twice. */
function isSameEntity(a: ParsedCertificate, b: ParsedCertificate): boolean {
  return a.facts.spkiSha256 === b.facts.spkiSha256 && a.facts.subject === b.facts.subject;
}

function unsupportedSignature(certificate: ParsedCertificate): PathProblem {
  const message = `its signature algorithm ${certificate.signatureAlgorithm.name} cannot be verified here`;
  return { certificate, rule: 'signature-algorithm', message };
}
