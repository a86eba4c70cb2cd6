import { ANNOTATION_RULE_KINDS, type AnnotationRuleKind } from '../model/annotation-subject.js';
import { UsageError } from '../model/usage-error.js';
import type { Subnet } from '../query/query.js';
import { parseSubnet } from '../query/subnet.js';
import { decodeAddressBytes } from './address-bytes.js';

/** What a rule fits. */
export type AnnotationRule =
  | { readonly kind: 'cidr'; readonly text: string; readonly subnet: Subnet; readonly prefixLength: number }
  /** Pieces in lower case with anything between them; a single one is the whole text. */
  | { readonly kind: 'name' | 'issuer'; readonly text: string; readonly pieces: readonly string[] };

/** Longer than any name of a host or a CA that people write. */
const MAX_PATTERN_LENGTH = 1000;

const EXAMPLES = 'cidr:10.0.0.0/8, name:*.lab.example or issuer:~DigiCert';

/** Reads a rule; `text` of what comes back is the same for all spellings of it. Throws a `UsageError` of one line. */
export function parseAnnotationRule(text: string): AnnotationRule {
  const [, kind, written = ''] = /^([a-z]+):(.*)$/is.exec(text.trim()) ?? [];
  const known = ANNOTATION_RULE_KINDS.find((each) => each === kind?.toLowerCase());
  const pattern = written.trim().normalize('NFC').toLowerCase();
  if (known === undefined) throw new UsageError(`rule ${text}: write ${EXAMPLES}`);
  if (pattern === '' || pattern === '~')
    throw new UsageError(`rule ${text}: it fits nothing: write ${EXAMPLES}`);
  if (pattern.length > MAX_PATTERN_LENGTH)
    throw new UsageError(
      `rule ${known}: it has ${pattern.length} characters, ${MAX_PATTERN_LENGTH} are the most`,
    );
  return known === 'cidr' ? readSubnet(text, pattern) : readPattern(text, known, pattern);
}

function readSubnet(text: string, pattern: string): AnnotationRule {
  const subnet = parseSubnet(pattern);
  if (subnet === null)
    throw new UsageError(`rule ${text}: ${pattern} is no network: write one as cidr:10.0.0.0/8`);
  const length = /\/(\d+)$/.exec(pattern)?.[1];
  const prefixLength = length === undefined ? subnet.first.length * 8 : Number(length);
  const canonical = `cidr:${decodeAddressBytes(subnet.first)}/${prefixLength}`;
  return { kind: 'cidr', text: canonical, subnet, prefixLength };
}

function readPattern(
  text: string,
  kind: Exclude<AnnotationRuleKind, 'cidr'>,
  pattern: string,
): AnnotationRule {
  if (/\p{Cc}/u.test(pattern)) throw new UsageError(`rule ${kind}: it has control characters`);
  if (kind === 'name' && /[\s/:]/.test(pattern))
    throw new UsageError(`rule ${text}: a name has neither spaces nor ports: write name:*.lab.example`);
  const contains = kind === 'issuer' && pattern.startsWith('~');
  const pieces = contains ? ['', ...pattern.slice(1).trim().split('*'), ''] : pattern.split('*');
  return { kind, text: `${kind}:${pattern}`, pieces };
}
