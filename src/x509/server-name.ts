import { domainToASCII } from 'node:url';
import { formatGeneralName } from './general-name.js';
import { readIpAddress } from './ip-address.js';
import { findAttribute } from './name.js';
import type { ParsedCertificate } from './parsed-certificate.js';

/** Whether a certificate is for a host, and what else it is for. */
export interface ServerNameMatch {
  readonly matches: boolean;
  /** Whether it has any alternative name of the kind asked for: DNS names for a name, IP addresses for an address. */
  readonly hasNames: boolean;
  /** The DNS names and IP addresses that it is for, as text, in the order of the certificate. */
  readonly names: readonly string[];
}

const COMMON_NAME = '2.5.4.3';

/**
 * Tells whether a certificate is for a host, which is a DNS name (Unicode allowed) or an IP literal, by RFC 9525,
 * section 6. The common name does not count.
 */
export function matchServerName(certificate: ParsedCertificate, host: string): ServerNameMatch {
  const alternatives = certificate.subjectAltNames ?? [];
  const names = alternatives.flatMap((name) => {
    if (name.kind === 'dns') return [name.value];
    return name.kind === 'ip' ? [formatGeneralName(name).slice('IP:'.length)] : [];
  });
  const address = readIpAddress(host);
  if (address) {
    const addresses = alternatives.flatMap((name) => (name.kind === 'ip' ? [name.octets] : []));
    // RFC 9525, section 6.5: octet for octet, and never against DNS names.
    const matches = addresses.some((octets) => Buffer.compare(octets, address) === 0);
    return { matches, hasNames: addresses.length > 0, names };
  }
  const dnsNames = alternatives.flatMap((name) => (name.kind === 'dns' ? [name.value] : []));
  const reference = toReference(host);
  const matches = reference !== null && dnsNames.some((name) => isMatch(name, reference));
  return { matches, hasNames: dnsNames.length > 0, names };
}

/** Whether the common name would match, as clients before RFC 6125 had it: tells a missing SAN from a wrong name. */
export function commonNameMatches(certificate: ParsedCertificate, host: string): boolean {
  const commonName = findAttribute(certificate.subject, COMMON_NAME);
  if (commonName === null) return false;
  const address = readIpAddress(host);
  if (address) {
    const presented = readIpAddress(commonName);
    return presented !== null && Buffer.compare(presented, address) === 0;
  }
  const reference = toReference(host);
  return reference !== null && isMatch(commonName, reference);
}

/** The name as certificates write it: A-labels in lower case, without the dot of the root; null: it is no name. */
function toReference(host: string): string | null {
  // What is ASCII is left alone: the conversion reads numbers as IPv4 addresses, as URLs have it.
  const isAscii = /^[\0-\x7f]*$/.test(host);
  const name = (isAscii ? host : domainToASCII(host)).toLowerCase().replace(/\.$/, '');
  const hasEmptyLabel = name === '' || name.startsWith('.') || name.endsWith('.') || name.includes('..');
  return hasEmptyLabel || name.includes('*') ? null : name;
}

/**
 * RFC 9525, section 6.3: a wildcard is the whole left-most label and stands for exactly one. Partial wildcards match
 * nothing, so none can sit inside an A-label.
 */
function isMatch(presented: string, reference: string): boolean {
  // A name too long to be one (RFC 1035, section 2.3.4) need not be folded.
  if (presented.length > MAX_NAME_LENGTH) return false;
  const pattern = presented.toLowerCase();
  if (!pattern.startsWith('*.')) return pattern === reference;
  const dot = reference.indexOf('.');
  return dot > 0 && pattern.slice(1) === reference.slice(dot);
}

const MAX_NAME_LENGTH = 255;
