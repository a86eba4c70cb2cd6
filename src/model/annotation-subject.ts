import { type Endpoint, formatEndpoint } from './endpoint.js';

/** Kinds of rules: a network, a pattern of names, or the name of an issuer. */
export const ANNOTATION_RULE_KINDS = ['cidr', 'name', 'issuer'] as const;

/** One of the kinds of rules. */
export type AnnotationRuleKind = (typeof ANNOTATION_RULE_KINDS)[number];

/** What something is said of. */
export type AnnotationSubject =
  | { readonly kind: 'endpoint'; readonly endpoint: Endpoint }
  /** SHA-256, hex. */
  | { readonly kind: 'certificate'; readonly fingerprint: string }
  /** All that it fits: `kind:pattern` in its canonical form. */
  | { readonly kind: 'rule'; readonly rule: string };

/** Writes a subject as the text that it is known by in every inventory. */
export function formatAnnotationSubject(subject: AnnotationSubject): string {
  if (subject.kind === 'certificate') return `certificate ${subject.fingerprint}`;
  if (subject.kind === 'rule') return `rule ${subject.rule}`;
  const { address, host, port, protocol, serverName } = subject.endpoint;
  return `endpoint ${JSON.stringify([address, port, protocol, serverName, host === address ? '' : host])}`;
}

/** Reads what `formatAnnotationSubject` wrote; null: it wrote no such thing. */
export function parseAnnotationSubject(text: string): AnnotationSubject | null {
  const [, kind, rest = ''] = /^(endpoint|certificate|rule) (.*)$/s.exec(text) ?? [];
  if (kind === 'certificate') return /^[\da-f]{64}$/.test(rest) ? { kind, fingerprint: rest } : null;
  if (kind === 'rule') return { kind, rule: rest };
  const endpoint = kind === 'endpoint' ? readEndpoint(rest) : null;
  return endpoint && { kind: 'endpoint', endpoint };
}

/** Writes a subject as people do. */
export function describeAnnotationSubject(subject: AnnotationSubject): string {
  if (subject.kind === 'endpoint') return formatEndpoint(subject.endpoint);
  return subject.kind === 'certificate' ? subject.fingerprint : subject.rule;
}

function readEndpoint(text: string): Endpoint | null {
  try {
    const parts: unknown = JSON.parse(text);
    if (!Array.isArray(parts)) return null;
    const [address, port, protocol, serverName, host]: unknown[] = parts;
    if (!isTextOrNull(address) || !isTextOrNull(serverName) || typeof port !== 'number') return null;
    if (typeof protocol !== 'string' || typeof host !== 'string') return null;
    return { address, port, protocol, serverName, host: host === '' ? (address ?? '') : host };
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

function isTextOrNull(value: unknown): value is string | null {
  return value === null || typeof value === 'string';
}
