import type { AddressRange } from '../model/target.js';
import type { Address } from './address.js';

/** IPv4-mapped IPv6 addresses, `::ffff:0:0/96` (RFC 4291, section 2.5.5.2). */
const MAPPED_FIRST = 0xffff_0000_0000n;
const MAPPED_LAST = 0xffff_ffff_ffffn;

/**
 * The ranges from one address to another of the same family. IPv4-mapped IPv6 addresses are IPv4 hosts and become so:
 * what connects to them speaks IPv4, and an exclude of the IPv4 address must hold for them.
 */
export function toAddressRanges(first: Address, last: Address): AddressRange[] {
  const whole: AddressRange = { family: first.family, first: first.value, last: last.value };
  if (whole.family === 4 || whole.last < MAPPED_FIRST || whole.first > MAPPED_LAST) return [whole];
  const ranges: AddressRange[] = [];
  if (whole.first < MAPPED_FIRST) ranges.push({ ...whole, last: MAPPED_FIRST - 1n });
  ranges.push({
    family: 4,
    first: (whole.first < MAPPED_FIRST ? MAPPED_FIRST : whole.first) - MAPPED_FIRST,
    last: (whole.last > MAPPED_LAST ? MAPPED_LAST : whole.last) - MAPPED_FIRST,
  });
  if (whole.last > MAPPED_LAST) ranges.push({ ...whole, first: MAPPED_LAST + 1n });
  return ranges;
}
