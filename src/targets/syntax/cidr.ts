import { type Address, readAddress } from '../address.js';
import { toAddressRanges } from '../address-range.js';
import { readIpv4 } from '../ipv4.js';
import { ipv4ShapeOf } from '../ipv4-shape.js';
import { isBracketed } from '../is-bracketed.js';
import { isProblem, type Problem } from '../problem.js';
import { quoteWord } from '../quote-word.js';
import type { TargetSyntax } from '../target-syntax.js';

/** A network with its prefix length (RFC 4632, section 3.1); host bits are ignored. */
export const cidr: TargetSyntax = {
  name: 'network',
  example: '10.64.44.1/24',
  description: 'All addresses of a network in CIDR notation, IPv4 or IPv6; host bits may be set.',
  parse({ hosts, port }) {
    if (!hosts.includes('/')) return null;
    const text = isBracketed(hosts) ? hosts.slice(1, -1) : hosts;
    const slash = text.indexOf('/');
    const base = text.slice(0, slash);
    if (!base.includes(':') && ipv4ShapeOf(base) === null) return { problem: nameProblem(base) };
    const address = readAddress(base);
    if (isProblem(address)) return address;
    const bits = readPrefixLength(text.slice(slash + 1), address.family);
    if (isProblem(bits)) return bits;
    const size = 1n << BigInt((address.family === 4 ? 32 : 128) - bits);
    const first: Address = { ...address, value: address.value - (address.value % size) };
    const last: Address = { ...first, value: first.value + size - 1n };
    return { hosts: toAddressRanges(first, last), port, serverName: null };
  },
};

function readPrefixLength(text: string, family: 4 | 6): number | Problem {
  const max = family === 4 ? 32 : 128;
  if (/^\d{1,3}$/.test(text)) {
    const bits = Number(text);
    if (bits <= max) return bits;
    return { problem: `has no valid prefix length: an IPv${family} address has ${max} bits, not ${bits}` };
  }
  const bits = family === 4 ? prefixLengthOfNetmask(text) : null;
  if (bits !== null) return { problem: `has a netmask: write its prefix length, /${bits}` };
  return { problem: `has no valid prefix length: ${quoteWord(text)} is not a number from 0 to ${max}` };
}

function prefixLengthOfNetmask(text: string): number | null {
  const mask = readIpv4(text);
  if (isProblem(mask)) return null;
  const bits = Math.clz32(~mask);
  return mask === (bits === 0 ? 0 : (-1 << (32 - bits)) >>> 0) ? bits : null;
}

function nameProblem(base: string): string {
  const advice =
    base === ''
      ? ''
      : `; for a host name write ${quoteWord(base)}, or a URL such as ${quoteWord(`https://${base}`)}`;
  return `is no network: only an address takes a prefix length${advice}`;
}
