/** A network with its rank; 4 or 16 bytes in network order. */
export interface RankedSubnet {
  readonly first: Uint8Array;
  readonly last: Uint8Array;
  readonly rank: number;
}

/** Tells the least rank of the networks that hold an address; Infinity: none does. */
export type SubnetIndex = (address: Uint8Array) => number;

const IPV4_BYTES = 4;
const IPV6_BYTES = 16;

/**
 * Cuts the address space at the ends of networks, so that an address is found by a binary search, however many there are.
 *
 * Why a stack suffices: of two networks either one lies within the other, or they have nothing in common.
 */
export function makeSubnetIndex(subnets: readonly RankedSubnet[]): SubnetIndex {
  const sorted = subnets
    .map(({ first, last, rank }) => ({ first: toKey(first), last: toKey(last), rank }))
    .sort((a, b) => compare(a.first, b.first) || compare(b.last, a.last));
  const starts: string[] = [];
  const ranks: number[] = [];
  const open: { readonly last: string; readonly best: number }[] = [];
  const bestOpen = () => open.at(-1)?.best ?? Number.POSITIVE_INFINITY;
  const closeBefore = (key: string | null) => {
    for (let top = open.at(-1); top && (key === null || top.last < key); top = open.at(-1)) {
      open.pop();
      // Keys of addresses are of one length: this lies right behind the last, before the next.
      starts.push(`${top.last}\0`);
      ranks.push(bestOpen());
    }
  };
  for (const { first, last, rank } of sorted) {
    closeBefore(first);
    const best = Math.min(rank, bestOpen());
    open.push({ last, best });
    starts.push(first);
    ranks.push(best);
  }
  closeBefore(null);

  return (address) => {
    const key = toKey(address);
    let [low, high] = [0, starts.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((starts[middle] ?? '') <= key) low = middle + 1;
      else high = middle;
    }
    return ranks[low - 1] ?? Number.POSITIVE_INFINITY;
  };
}

/** A text that compares as the address does within its family; a zone stands behind the 16 bytes, and is left out. */
function toKey(address: Uint8Array): string {
  const bytes = address.subarray(0, address.length === IPV4_BYTES ? IPV4_BYTES : IPV6_BYTES);
  const family = bytes.length === IPV4_BYTES ? '4' : '6';
  return family + Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
