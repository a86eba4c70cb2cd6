import { formatIpAddress } from '../../x509/ip-address.js';
import type { Check } from '../check.js';
import { listNames } from '../list-names.js';

/**
 * Top-level labels that are no public domain: reserved (RFC 6761, RFC 6762, RFC 8375, ICANN's `internal`), or refused
 * as public domains because networks use them inside (`corp`, `home`, `mail`; ICANN, 2018).
 */
const INTERNAL_TOP_LABELS: ReadonlySet<string> = new Set([
  'corp',
  'home',
  'internal',
  'intranet',
  'invalid',
  'lan',
  'local',
  'localdomain',
  'localhost',
  'mail',
  'private',
  'test',
]);

/** A publicly trusted certificate holds a name or an address that means another machine in every network. */
export const internalName: Check = {
  id: 'internal-name',
  severity: 'medium',
  subject: 'certificate',
  title: 'A publicly trusted certificate holds an internal name',
  citation: 'BR 4.2.2 and 7.1.2.7',
  advice:
    'Replace it by one with public names only. Give internal services names below a domain that you own, or certificates of a CA of your own.',
  run({ leaf, isPublic }) {
    if (!isPublic) return null;
    const names = (leaf.subjectAltNames ?? []).flatMap((name) => {
      if (name.kind === 'dns') return isInternalName(name.value) ? [name.value] : [];
      return name.kind === 'ip' && isInternalAddress(name.octets) ? [formatIpAddress(name.octets) ?? ''] : [];
    });
    if (names.length === 0) return null;
    return {
      subject: leaf.facts.fingerprintSha256,
      message: `publicly trusted certificate is also for ${listNames(names)}, which no public authority gives out`,
    };
  },
};

function isInternalName(name: string): boolean {
  const labels = name.toLowerCase().replace(/\.$/, '').split('.');
  const top = labels.at(-1) ?? '';
  return labels.length === 1 || INTERNAL_TOP_LABELS.has(top) || (top === 'arpa' && labels.at(-2) === 'home');
}

/** The special-purpose registries of RFC 6890, as far as private networks use them. */
function isInternalAddress(octets: Uint8Array): boolean {
  const [a = 0, b = 0] = octets;
  if (octets.length === 4) {
    if (a === 10 || a === 127 || a === 0) return true;
    if (a === 172) return b >= 16 && b < 32;
    if (a === 100) return b >= 64 && b < 128;
    return (a === 192 && b === 168) || (a === 169 && b === 254);
  }
  if (octets.length !== 16) return false;
  const isLoopback = octets.subarray(0, 15).every((octet) => octet === 0) && (octets[15] ?? 0) <= 1;
  return isLoopback || (a & 0xfe) === 0xfc || (a === 0xfe && (b & 0xc0) === 0x80);
}
