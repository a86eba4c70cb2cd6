import { parseCertificate } from '../x509/certificate.js';
import { DerError } from '../x509/der-error.js';
import { makeIssuerCandidates } from '../x509/issuer-candidates.js';
import type { ParsedCertificate } from '../x509/parsed-certificate.js';
import { makePathExploration } from '../x509/path-exploration.js';
import { isSelfIssued, isSelfSigned, type PathProblem, type PathRule } from '../x509/path-rule.js';
import { type ChainInput, readChainInput } from './chain-input.js';

/** A presented chain, and among what to look for its paths. */
export interface PathsToBuild extends Omit<ChainInput, 'policy'> {
  /** Certificates in DER in the order in which a server sends them, its own first. */
  readonly presented: readonly Uint8Array[];
}

/** One certification path from the first presented certificate. */
export interface BuiltPath {
  /** SHA-256 of each certificate, lower-case hex, the first presented one first. */
  readonly certificates: readonly string[];
  /** Trust stores that hold its end; none: it ends in a root that no store holds, or before any. */
  readonly trustStores: readonly string[];
  /** Whether it ends in an anchor or a self-signed root; false: the issuer of its last certificate is missing. */
  readonly complete: boolean;
  /** Rules broken along it, nearest to the first certificate first; none: it is valid. */
  readonly problems: readonly {
    /** SHA-256 of the certificate at fault, lower-case hex. */
    readonly certificate: string;
    readonly rule: PathRule;
    /** Completes a sentence that begins with the certificate; lower case, no full stop. */
    readonly message: string;
  }[];
}

/** Comparisons of names with name constraints in one search: twice what a thousand constraints for a hundred names take. */
const MAX_NAME_COMPARISONS = 250_000;

/**
 * Builds every certification path of a presented chain (RFC 4158), the sound before the broken and the anchored before
 * the rest: at most 32, found in at most a hundred steps, so that hostile chains cost no more than honest ones. Empty
 * where the first certificate cannot be read. Never throws on hostile certificates.
 */
export function buildPaths({ presented, ...input }: PathsToBuild): readonly BuiltPath[] {
  const { distrust, intermediates, now, trustStores } = readChainInput(input);
  const [leaf, ...others] = presented.map(read);
  if (!leaf) return [];
  const sent = [leaf, ...others.filter((each) => each !== null)];
  const held = trustStores.filter((store) => store.has(leaf)).map(({ name }) => name);
  const own: Exploration[] =
    held.length > 0 || (isSelfIssued(leaf) && isSelfSigned(leaf))
      ? [{ certificates: [leaf], stores: held, problems: [], complete: true }]
      : [];
  const { complete, deadEnds } = makePathExploration({
    leaf,
    findIssuers: makeIssuerCandidates(sent, trustStores, intermediates, now.getTime()),
    now: now.getTime(),
    isLenient: true,
    useElsewhere: intermediates !== undefined,
    budget: { comparisons: MAX_NAME_COMPARISONS },
  });
  const found = complete.map((path) => ({
    ...path,
    problems: [...path.problems, ...findDistrust(path.certificates)],
  }));
  // Who signs itself has no issuer that could be missing.
  const ends = own.length > 0 ? [] : deadEnds.map(({ certificates }) => toDeadEnd(certificates));
  const all: Exploration[] = [...own, ...found.map((path) => ({ ...path, complete: true })), ...ends];
  return all.sort((a, b) => rankOf(a) - rankOf(b)).map(toBuiltPath);

  function findDistrust(certificates: readonly ParsedCertificate[]): PathProblem[] {
    const anchor = certificates.at(-1);
    const message = anchor && leaf ? distrust?.(anchor, leaf) : null;
    return anchor && message ? [{ certificate: anchor, rule: 'distrusted', message }] : [];
  }
}

interface Exploration {
  readonly certificates: readonly ParsedCertificate[];
  readonly stores: readonly string[];
  readonly problems: readonly PathProblem[];
  readonly complete: boolean;
}

function toDeadEnd(certificates: readonly ParsedCertificate[]): Exploration {
  const last = certificates.at(-1);
  const message = 'its issuer is neither presented nor in a trust store';
  return {
    certificates,
    stores: [],
    problems: last ? [{ certificate: last, rule: 'missing-issuer', message }] : [],
    complete: false,
  };
}

/** Complete before incomplete, then by the number of broken rules, then anchored before not. */
function rankOf({ complete, problems, stores }: Exploration): number {
  return (complete ? 0 : 1_000_000) + problems.length * 2 + (stores.length > 0 ? 0 : 1);
}

function toBuiltPath({ certificates, complete, problems, stores }: Exploration): BuiltPath {
  return {
    certificates: certificates.map(({ facts }) => facts.fingerprintSha256),
    trustStores: stores,
    complete,
    problems: problems.map(({ certificate, message, rule }) => ({
      certificate: certificate.facts.fingerprintSha256,
      rule,
      message,
    })),
  };
}

function read(der: Uint8Array): ParsedCertificate | null {
  try {
    return parseCertificate(der);
  } catch (error) {
    if (!(error instanceof DerError)) throw error;
    return null;
  }
}
