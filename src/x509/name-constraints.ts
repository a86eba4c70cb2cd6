import { readIpAddress } from './ip-address.js';
import { isWithinName } from './name.js';
import type { GeneralName, ParsedCertificate } from './parsed-certificate.js';

// Why not extensions/: that file reads the extension, this one applies it, and only path building does.

const EMAIL_ADDRESS = '1.2.840.113549.1.9.1';

/** How much more may be compared: names and constraints multiply, and both come from a peer. */
export interface ComparisonBudget {
  /** In comparisons of short names; a long one counts as several. */
  comparisons: number;
}

/** Octets that compare about as fast as a comparison takes in any case. */
const SHORT_NAME_OCTETS = 64;

/**
 * Finds the first name of a certificate that an issuer's name constraints forbid (RFC 5280, section 4.2.1.10), and says
 * why; null: all names are within them.
 */
export function violatesNameConstraints(
  certificate: ParsedCertificate,
  constraints: NonNullable<ParsedCertificate['nameConstraints']>,
  budget: ComparisonBudget,
): string | null {
  const permitted = groupByForm(constraints.permitted);
  const excluded = groupByForm(constraints.excluded);
  const baseCosts = new Map<string, number>();
  for (const base of [...constraints.permitted, ...constraints.excluded]) {
    baseCosts.set(formOf(base), (baseCosts.get(formOf(base)) ?? 0) + costOf(base));
  }
  for (const name of namesOf(certificate)) {
    const form = formOf(name);
    const bans = excluded.get(form) ?? [];
    const permits = permitted.get(form) ?? [];
    const bases = bans.length + permits.length;
    budget.comparisons -= bases * (1 + costOf(name)) + (baseCosts.get(form) ?? 0);
    if (budget.comparisons < 0) return 'too many names to hold against name constraints';
    if (bans.some((base) => isWithin(name, base, true)))
      return `${describe(name)} is excluded by name constraints`;
    // A list of permitted names binds only the forms of names that it mentions.
    if (permits.length > 0 && !permits.some((base) => isWithin(name, base, false))) {
      return `${describe(name)} is not permitted by name constraints`;
    }
  }
  return null;
}

/** The subject's own name counts as well, and its email address where there is no alternative name (ibidem). */
function namesOf({ subject, subjectAltNames }: ParsedCertificate): readonly GeneralName[] {
  const names: GeneralName[] = [...(subjectAltNames ?? [])];
  if (subject.relativeNames.length > 0 || !subject.isComplete)
    names.push({ kind: 'directory', name: subject });
  if (subjectAltNames !== null) return names;
  for (const { oid, value } of subject.relativeNames.flat()) {
    if (oid === EMAIL_ADDRESS) names.push({ kind: 'email', value });
  }
  return names;
}

function groupByForm(names: readonly GeneralName[]): ReadonlyMap<string, readonly GeneralName[]> {
  const groups = new Map<string, GeneralName[]>();
  for (const name of names) {
    const group = groups.get(formOf(name));
    if (group) group.push(name);
    else groups.set(formOf(name), [name]);
  }
  return groups;
}

function costOf(name: GeneralName): number {
  return sizeOf(name) / SHORT_NAME_OCTETS;
}

function sizeOf(name: GeneralName): number {
  switch (name.kind) {
    case 'ip':
      return name.octets.length;
    case 'directory':
      return name.name.der.length;
    case 'other':
      return name.der.length;
    default:
      return name.value.length;
  }
}

function formOf(name: GeneralName): string {
  return name.kind === 'other' ? `other ${name.tag}` : name.kind;
}

/** `whenUnknown` is the answer for forms and values that cannot be compared: banned, and not permitted. */
function isWithin(name: GeneralName, base: GeneralName, whenUnknown: boolean): boolean {
  if (name.kind === 'dns' && base.kind === 'dns') {
    return isWithinDomain(name.value, base.value) || (whenUnknown && mayStandFor(name.value, base.value));
  }
  if (name.kind === 'ip' && base.kind === 'ip')
    return isWithinSubnet(name.octets, base.octets) ?? whenUnknown;
  if (name.kind === 'email' && base.kind === 'email')
    return isWithinMailDomain(name.value, base.value) ?? whenUnknown;
  if (name.kind === 'uri' && base.kind === 'uri')
    return isWithinUriHost(name.value, base.value) ?? whenUnknown;
  if (name.kind === 'directory' && base.kind === 'directory' && name.name.isComplete) {
    return isWithinName(name.name, base.name);
  }
  return whenUnknown;
}

/** `example.com` holds itself and all below; `.example.com`, which the RFC does not know for DNS names, all below. */
function isWithinDomain(name: string, base: string): boolean {
  const [domain, suffix] = [name.toLowerCase(), base.toLowerCase()];
  if (suffix === '' || domain === suffix) return true;
  return domain.endsWith(suffix.startsWith('.') ? suffix : `.${suffix}`);
}

/** Whether a wildcard stands for names of an excluded domain one label below it. */
function mayStandFor(name: string, base: string): boolean {
  if (!name.startsWith('*.')) return false;
  const domain = base.replace(/^\./, '');
  const dot = domain.indexOf('.');
  return dot > 0 && domain.slice(dot).toLowerCase() === name.slice(1).toLowerCase();
}

/** The base is an address and a mask. */
function isWithinSubnet(octets: Uint8Array, base: Uint8Array): boolean | null {
  if (base.length !== 8 && base.length !== 32) return null;
  const size = base.length / 2;
  if (octets.length !== size) return octets.length === 4 || octets.length === 16 ? false : null;
  return octets.every((octet, at) => {
    const mask = base[size + at] ?? 0;
    return (octet & mask) === ((base[at] ?? 0) & mask);
  });
}

/** A mailbox holds itself, a host all its mailboxes, and a domain with a leading dot those of all hosts below it. */
function isWithinMailDomain(name: string, base: string): boolean | null {
  const at = name.lastIndexOf('@');
  if (at < 0) return null;
  const baseAt = base.lastIndexOf('@');
  // RFC 5280, section 7.5: case counts before the @ and not after it.
  if (baseAt >= 0 && name.slice(0, at) !== base.slice(0, baseAt)) return false;
  return isHost(name.slice(at + 1), base.slice(baseAt + 1));
}

/** The host of a URI that has one; addresses cannot be held against a domain. */
function isWithinUriHost(uri: string, base: string): boolean | null {
  const authority = /^[a-z][a-z\d+.-]*:\/\/([^/?#]*)/i.exec(uri)?.[1];
  if (authority === undefined) return null;
  const host = authority.slice(authority.lastIndexOf('@') + 1).replace(/:\d*$/, '');
  if (host === '' || readIpAddress(host)) return null;
  return isHost(host, base);
}

function isHost(host: string, base: string): boolean {
  return base.startsWith('.') ? isWithinDomain(host, base) : host.toLowerCase() === base.toLowerCase();
}

function describe(name: GeneralName): string {
  switch (name.kind) {
    case 'dns':
    case 'email':
    case 'uri':
      return `the name ${name.value.slice(0, MAX_SHOWN_LENGTH)}`;
    case 'ip':
      return 'an IP address';
    case 'directory':
      return 'the subject or a directory name';
    case 'other':
      return 'a name of a kind that cannot be compared';
  }
}

/** Enough of a hostile name to find it by. */
const MAX_SHOWN_LENGTH = 120;
