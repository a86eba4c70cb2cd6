/*
 * Why a timeout has bounds. Most addresses of a network are empty, and a scan of it spends its time waiting for nobody: the
 * round trips of those who answer show how long that is worth while. They show nothing of the printer that sleeps among
 * quick servers and needs a second or two to wake, nor of a lost SYN, which the system sends again after one second. So
 * every timeout holds that second and the time of a slow answer besides, `leastMs` is what sleepers are given even where
 * all their neighbours are quick, and an answer that was slow makes room for others like it in the same subnet. `mostMs` is
 * what an address gets of which nothing is known.
 */
import { isIpv4Words, readAddressWords } from './address-words.js';
import { createRoundTrip, type RoundTrip } from './round-trip.js';

/** The bounds of a connect timeout, milliseconds. */
export interface ConnectTimeoutBounds {
  readonly leastMs: number;
  readonly mostMs: number;
}

/** Connect timeouts that follow what is measured. */
export interface ConnectTimeouts {
  /** Milliseconds that the next connect to the address may take. */
  timeoutFor(address: string): number;
  /** The address answered a connect, by SYN-ACK or RST, after so many milliseconds. */
  answered(address: string, ms: number): void;
}

/** When a kernel sends its first SYN again (RFC 6298, section 2.1; Linux, Windows and the BSDs do). */
const FIRST_RETRANSMISSION_MS = 1000;

/** Answers of a subnet after which its own estimate holds: RFC 6298's has then forgotten most of its first guess. */
const ENOUGH_OF_SUBNET = 8;
/** Answers of all subnets after which a subnet that has told too little is judged by the others. */
const ENOUGH_OF_ALL = 64;

/** Answers that are remembered as they were: a /24 often has a handful of slow devices, a network has many. */
const MEMORY_OF_SUBNET = 16;
const MEMORY_OF_ALL = 64;

/** Subnets (/24, IPv6 /64) remembered, those who answered last: a /12, in about 3 MiB. */
const MAX_SUBNETS = 4096;

/** Makes timeouts that know of no answer yet. Each worker has its own. */
export function createConnectTimeouts({ leastMs, mostMs }: ConnectTimeoutBounds): ConnectTimeouts {
  if (!(leastMs > 0 && leastMs <= mostMs))
    throw new RangeError(`a timeout from ${leastMs} to ${mostMs} ms is none`);
  const all = createRoundTrip(MEMORY_OF_ALL);
  /** Oldest answer first. */
  const subnets = new Map<string | number, RoundTrip>();

  return {
    timeoutFor(address) {
      const key = subnetOf(address);
      const subnet = key === null ? undefined : subnets.get(key);
      const known = subnet !== undefined && subnet.count >= ENOUGH_OF_SUBNET ? subnet : all;
      if (known === all && all.count < ENOUGH_OF_ALL) return mostMs;
      const slowestMs = Math.max(known.slowestMs, subnet?.slowestMs ?? 0);
      const wantedMs = FIRST_RETRANSMISSION_MS + Math.max(known.expectedMs, slowestMs);
      return Math.round(Math.min(mostMs, Math.max(leastMs, wantedMs)));
    },
    answered(address, ms) {
      all.add(ms);
      const key = subnetOf(address);
      if (key === null) return;
      const subnet = subnets.get(key) ?? createRoundTrip(MEMORY_OF_SUBNET);
      subnet.add(ms);
      subnets.delete(key);
      subnets.set(key, subnet);
      if (subnets.size > MAX_SUBNETS) {
        const [oldest] = subnets.keys();
        if (oldest !== undefined) subnets.delete(oldest);
      }
    },
  };
}

const words = new Uint32Array(4);

/** Null: it is in none, as an address with a zone is. */
function subnetOf(address: string): string | number | null {
  if (!readAddressWords(address, words)) return null;
  return isIpv4Words(words) ? (words[3] ?? 0) >>> 8 : `${words[0]}:${words[1]}`;
}
