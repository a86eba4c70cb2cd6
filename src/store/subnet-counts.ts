import type { SubnetCoverage } from '../model/coverage.js';
import type { Outcome } from '../model/outcome.js';
import { decodeAddressBytes } from './address-bytes.js';
import { encodeHex } from './hex.js';

/** How wide networks are counted, in bytes of IPv4 and IPv6 addresses: /24 and /64 first, in the end everything. */
const WIDTHS = [
  [3, 8],
  [2, 6],
  [1, 4],
  [0, 0],
] as const;

const IPV4_BYTES = 4;
const IPV6_BYTES = 16;

type Counts = Partial<Record<Outcome, number>>;

/** Counts outcomes by network, and takes wider networks whenever there would be too many. */
export class SubnetCounts {
  readonly #most: number;
  #width = 0;
  /** By family and prefix in hex, in whose order networks are listed. */
  #counts = new Map<string, Counts>();

  constructor(most: number) {
    this.#most = most;
  }

  /** Counts observations; of the address no more than its network needs be there. */
  add(address: Uint8Array, isIpv4: boolean, outcome: Outcome, observations: number): void {
    const family = address.length === 0 ? NO_ADDRESS : isIpv4 ? '4' : '6';
    // What is missing of a block's first address is 0, and lies behind the prefix of any network here.
    this.#add(family + encodeHex(address), outcome, observations);
    while (this.#counts.size > this.#most && this.#width < WIDTHS.length - 1) this.#widen();
  }

  /** The networks that were met, in the order of addresses. */
  list(): SubnetCoverage[] {
    return [...this.#counts]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, counts]) => ({ subnet: formatSubnet(key), counts }));
  }

  #add(key: string, outcome: Outcome, observations: number): void {
    const prefix = key.slice(0, 1 + 2 * this.#bytesOf(key));
    let counts = this.#counts.get(prefix);
    if (counts === undefined) {
      counts = {};
      this.#counts.set(prefix, counts);
    }
    counts[outcome] = (counts[outcome] ?? 0) + observations;
  }

  #bytesOf(key: string): number {
    const [ipv4, ipv6] = WIDTHS[this.#width] ?? [0, 0];
    return key.startsWith('4') ? ipv4 : ipv6;
  }

  #widen(): void {
    const narrower = this.#counts;
    this.#counts = new Map();
    this.#width += 1;
    for (const [key, counts] of narrower) {
      for (const [outcome, observations] of Object.entries(counts))
        this.#add(key, outcome as Outcome, observations);
    }
  }
}

/** Stands behind both families. */
const NO_ADDRESS = '9';

function formatSubnet(key: string): string {
  if (key.startsWith(NO_ADDRESS)) return 'no address';
  const prefix = Buffer.from(key.slice(1), 'hex');
  const address = Buffer.alloc(key.startsWith('4') ? IPV4_BYTES : IPV6_BYTES);
  address.set(prefix);
  return `${decodeAddressBytes(address)}/${8 * prefix.length}`;
}
