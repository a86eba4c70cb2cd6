import type { Annotation } from '../model/annotation.js';
import type { AnnotationRule } from './annotation-rule.js';
import { hasPieces } from './has-pieces.js';
import { makeSubnetIndex } from './subnet-index.js';

/** A rule with its place and what is said of all that it fits. */
export interface RankedRule {
  readonly rule: AnnotationRule;
  /** The least comes first; of equal ones the narrower. */
  readonly order: number;
  readonly annotation: Annotation;
}

/** What a certificate says of itself; null: it has none of it, or there is no certificate. */
export interface RuleSubject {
  readonly commonName: string | null;
  /** JSON array of texts. */
  readonly subjectAltNames: string | null;
  readonly issuer: string | null;
}

/** Rules, ready to be asked which comes first. A rank is a place in their order; Infinity: none fits. */
export interface AnnotationRules {
  /** In the order in which they are tried. */
  readonly rules: readonly RankedRule[];
  /** Which kinds there are: others need not be asked for. */
  readonly kinds: ReadonlySet<AnnotationRule['kind']>;
  rankAddress(address: Uint8Array): number;
  rankName(name: string): number;
  rankCertificate(certificate: RuleSubject): number;
}

/** Where `order` says nothing. */
export const DEFAULT_ORDER = 1000;

/** RFC 1035, section 2.3.4, as text and with its last dot: what is longer is no name, whatever a certificate says. */
const MAX_NAME_LENGTH = 254;

/** Narrow kinds first. */
const KINDS: readonly AnnotationRule['kind'][] = ['name', 'cidr', 'issuer'];

/** Prepares rules: an address costs a search among their networks, a name a look-up for each of its labels. */
export function makeAnnotationRules(unordered: readonly RankedRule[]): AnnotationRules {
  const rules = [...unordered].sort(compareRules);
  const exact = new Map<string, number>();
  const suffixes = new Map<string, number>();
  const patterns: { readonly pieces: readonly string[]; readonly rank: number }[] = [];
  const issuers: typeof patterns = [];
  const subnets: { readonly first: Uint8Array; readonly last: Uint8Array; readonly rank: number }[] = [];
  for (const [rank, { rule }] of rules.entries()) {
    if (rule.kind === 'cidr') subnets.push({ ...rule.subnet, rank });
    else if (rule.kind === 'issuer') issuers.push({ pieces: rule.pieces, rank });
    else {
      const [first = '', second, ...more] = rule.pieces;
      const isSuffix = first === '' && second?.startsWith('.') === true && more.length === 0;
      if (second === undefined) keepFirst(exact, first, rank);
      else if (isSuffix) keepFirst(suffixes, second, rank);
      else patterns.push({ pieces: rule.pieces, rank });
    }
  }
  const rankAddress = makeSubnetIndex(subnets);

  function rankName(written: string): number {
    if (written.length > MAX_NAME_LENGTH) return Number.POSITIVE_INFINITY;
    const name = written.toLowerCase();
    let best = exact.get(name) ?? Number.POSITIVE_INFINITY;
    for (let dot = name.indexOf('.'); dot !== -1 && suffixes.size > 0; dot = name.indexOf('.', dot + 1))
      best = Math.min(best, suffixes.get(name.slice(dot)) ?? Number.POSITIVE_INFINITY);
    return rankPieces(name, patterns, best);
  }

  function rankCertificate({ commonName, subjectAltNames, issuer }: RuleSubject): number {
    let best = commonName === null ? Number.POSITIVE_INFINITY : rankName(commonName);
    for (const name of readNames(subjectAltNames)) best = Math.min(best, rankName(name));
    return issuer === null ? best : rankPieces(issuer.toLowerCase(), issuers, best);
  }

  const kinds = new Set(rules.map(({ rule }) => rule.kind));
  return { rules, kinds, rankAddress, rankName, rankCertificate };
}

/** The first of the patterns, which are in order, that fits and comes before `best`. */
function rankPieces(
  text: string,
  patterns: readonly { readonly pieces: readonly string[]; readonly rank: number }[],
  best: number,
): number {
  for (const { pieces, rank } of patterns) {
    if (rank >= best) break;
    if (hasPieces(text, pieces)) return rank;
  }
  return best;
}

function keepFirst(ranks: Map<string, number>, key: string, rank: number): void {
  if (!ranks.has(key)) ranks.set(key, rank);
}

/** The DNS names of a certificate. */
function readNames(subjectAltNames: string | null): string[] {
  if (subjectAltNames === null) return [];
  const names: unknown = JSON.parse(subjectAltNames);
  return Array.isArray(names)
    ? names.flatMap((name) =>
        typeof name === 'string' && name.startsWith('DNS:') ? [name.slice('DNS:'.length)] : [],
      )
    : [];
}

function compareRules(a: RankedRule, b: RankedRule): number {
  return (
    a.order - b.order ||
    KINDS.indexOf(a.rule.kind) - KINDS.indexOf(b.rule.kind) ||
    narrowness(b.rule) - narrowness(a.rule) ||
    (a.rule.text < b.rule.text ? -1 : a.rule.text > b.rule.text ? 1 : 0)
  );
}

/** Longer prefixes and more letters leave less to fit. */
function narrowness(rule: AnnotationRule): number {
  return rule.kind === 'cidr' ? rule.prefixLength : rule.pieces.join('').length;
}
