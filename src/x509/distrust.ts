import { DISTRUSTED_CAS, type DistrustedCa } from './distrusted-cas.js';
import type { DistinguishedName, ParsedCertificate } from './parsed-certificate.js';
import type { PathOptions } from './path.js';

/** Says why an anchor is not to be trusted for a leaf; null: it is. */
export type Distrust = NonNullable<PathOptions['distrust']>;

const ORGANIZATION = '2.5.4.10';
const NAMES: ReadonlySet<string> = new Set(['2.5.4.3', '2.5.4.11']);

/** Names are compared by these alone: few anchors have an organisation that is listed. */
const BY_ORGANIZATION: ReadonlyMap<string, readonly DistrustedCa[]> = groupByOrganization();

const found = new WeakMap<ParsedCertificate, DistrustedCa | 'none'>();

/** Makes the rule by which browsers distrust CAs at a moment (milliseconds since 1970, UTC), with name and date. */
export function makeDistrust(now: number): Distrust {
  return (anchor, leaf) => {
    const ca = findDistrustedCa(anchor);
    if (ca === null) return null;
    const { all, decision, issuedAfter, name } = ca;
    if (all !== undefined && now >= Date.parse(all)) return `browsers have distrusted ${name}: ${decision}`;
    if (issuedAfter === undefined || leaf.notBefore === null || leaf.notBefore <= Date.parse(issuedAfter))
      return null;
    const began = leaf.facts.notBefore?.slice(0, 10) ?? '';
    return `browsers distrust what ${name} issued after ${issuedAfter.slice(0, 10)}, and the certificate begins on ${began}: ${decision}`;
  };
}

/** Finds the entry of the list that an anchor belongs to by its subject; null: none. */
export function findDistrustedCa(anchor: ParsedCertificate): DistrustedCa | null {
  let ca = found.get(anchor);
  if (ca === undefined) {
    ca = lookUp(anchor.subject) ?? 'none';
    found.set(anchor, ca);
  }
  return ca === 'none' ? null : ca;
}

function lookUp(subject: DistinguishedName): DistrustedCa | undefined {
  const attributes = subject.relativeNames.flat();
  // Some CAs of the past have no organisation; their common name stands in for it.
  const organizations = attributes.filter(({ oid }) => oid === ORGANIZATION || NAMES.has(oid));
  const names = new Set(attributes.flatMap(({ oid, value }) => (NAMES.has(oid) ? [fold(value)] : [])));
  for (const { value } of organizations) {
    for (const ca of BY_ORGANIZATION.get(fold(value)) ?? []) {
      if (ca.names === undefined || ca.names.some((name) => names.has(fold(name)))) return ca;
    }
  }
  return undefined;
}

function groupByOrganization(): ReadonlyMap<string, readonly DistrustedCa[]> {
  const groups = new Map<string, DistrustedCa[]>();
  for (const ca of DISTRUSTED_CAS) {
    for (const organization of ca.organizations) {
      const key = fold(organization);
      groups.set(key, [...(groups.get(key) ?? []), ca]);
    }
  }
  return groups;
}

function fold(text: string): string {
  return text.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim();
}
