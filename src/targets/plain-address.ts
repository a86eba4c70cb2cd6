import { type Address, readAddress } from './address.js';
import { toAddressRanges } from './address-range.js';
import { isProblem, type Problem } from './problem.js';

/**
 * Reads an address as plans and excludes know it: resolvers give link-local ones a zone, and may give IPv4 as
 * IPv4-mapped IPv6.
 */
export function readPlainAddress(text: string): Address | Problem {
  const address = readAddress(text.replace(/%.*$/, ''));
  if (isProblem(address)) return address;
  const [range = { ...address, first: address.value }] = toAddressRanges(address, address);
  return { family: range.family, value: range.first };
}
