import type { AxisEntries } from './sweep.js';

/** An inclusive range of IPv6 addresses and the number of the group it belongs to. */
export interface Ipv6Entry {
  readonly first: bigint;
  readonly last: bigint;
  readonly group: number;
}

/**
 * IPv6 ranges as ranges of ranks. Nothing changes between two neighbouring boundaries, so the addresses from each
 * boundary up to the next are one position, and 128-bit arithmetic is done once for each boundary.
 */
export interface Ipv6Ranks {
  readonly entries: AxisEntries;
  /** In ascending order: the first address of each position. The last boundary begins nothing. */
  readonly boundaries: readonly bigint[];
  /** The position of an address; -1: it is below them all. */
  rankOf(address: bigint): number;
}

/** Ranks the boundaries of IPv6 ranges. */
export function rankIpv6(ranges: readonly Ipv6Entry[]): Ipv6Ranks {
  const boundaries = sortUnique(ranges);
  const rankOf = (address: bigint) => rankAmong(boundaries, address);
  const entries: AxisEntries = {
    firsts: new Uint32Array(ranges.length),
    lasts: new Uint32Array(ranges.length),
    groups: new Uint32Array(ranges.length),
  };
  for (const [index, { first, last, group }] of ranges.entries()) {
    entries.firsts[index] = rankOf(first);
    entries.lasts[index] = rankOf(last);
    entries.groups[index] = group;
  }
  return { entries, boundaries, rankOf };
}

function sortUnique(ranges: readonly Ipv6Entry[]): bigint[] {
  const values: bigint[] = [];
  for (const { first, last } of ranges) values.push(first, last + 1n);
  values.sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  return values.filter((value, index) => index === 0 || value !== values[index - 1]);
}

function rankAmong(boundaries: readonly bigint[], address: bigint): number {
  let low = 0;
  let high = boundaries.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((boundaries[middle] ?? 0n) <= address) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
