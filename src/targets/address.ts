import { formatIpv4, readIpv4 } from './ipv4.js';
import { formatIpv6, readIpv6 } from './ipv6.js';
import { isProblem, type Problem } from './problem.js';

/** One IPv4 or IPv6 address as an unsigned integer. */
export interface Address {
  readonly family: 4 | 6;
  readonly value: bigint;
}

/** Reads an address of either family; IPv6 may stand in brackets. */
export function readAddress(text: string): Address | Problem {
  if (!text.includes(':') && !text.includes('[')) {
    const value = readIpv4(text);
    return isProblem(value) ? value : { family: 4, value: BigInt(value) };
  }
  const opens = text.startsWith('[');
  if (opens !== text.endsWith(']')) {
    return { problem: `is no address: the ${opens ? 'closing' : 'opening'} bracket is missing` };
  }
  const bare = opens ? text.slice(1, -1) : text;
  if (opens && !bare.includes(':')) return { problem: 'is no address: only IPv6 stands in brackets' };
  const value = readIpv6(bare);
  return isProblem(value) ? value : { family: 6, value };
}

/** Writes an address in its canonical form (RFC 5952 for IPv6, without brackets). */
export function formatAddress({ family, value }: Address): string {
  return family === 4 ? formatIpv4(Number(value)) : formatIpv6(value);
}
