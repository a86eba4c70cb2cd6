import { Resolver as DnsResolver } from 'node:dns/promises';
import { isIP } from 'node:net';
import { onAbort } from './on-abort.js';
import type { Resolver } from './resolver.js';

/** Finds the names of an address; all calls belong to one scan and bring the same signal. Never rejects. */
export type ReverseResolver = (address: string, signal: AbortSignal) => Promise<readonly string[]>;

/** How reverse names are looked up. */
export interface ReverseResolverOptions {
  /** For each question, milliseconds. */
  readonly timeoutMs: number;
  /** Confirms a name: it has to lead back to the address. */
  readonly resolve: Resolver;
  /** Name servers to ask; absent: those of this machine. */
  readonly servers?: readonly string[];
}

/** Addresses that are remembered: a plan meets an address once for each port. */
const MAX_ADDRESSES = 20_000;

/** Names of one address that are confirmed: who has more is a shared host, whose names say little. */
const MAX_NAMES = 5;

/** A question is asked again once, as datagrams get lost. */
const TRIES = 2;

/**
 * Makes the reverse resolver of one scan. It gives the names that the address has (PTR, RFC 1035, section 3.5) and that
 * lead back to it, as whoever owns an address may write any name there; without a name, or without an answer, none.
 */
export function createReverseResolver(options: ReverseResolverOptions): ReverseResolver {
  const { resolve, servers, timeoutMs } = options;
  const dns = new DnsResolver({ timeout: Math.ceil(timeoutMs / TRIES), tries: TRIES });
  if (servers) dns.setServers(servers);
  const known = new Map<string, Promise<readonly string[]>>();

  async function find(address: string, signal: AbortSignal): Promise<readonly string[]> {
    const claimed = await ask(address, signal);
    const names = [...new Set(claimed.map((name) => name.toLowerCase().replace(/\.$/, '')))];
    const confirmed: string[] = [];
    for (const name of names.slice(0, MAX_NAMES)) {
      if (signal.aborted) break;
      const { addresses } = await resolve(name, signal);
      if (addresses.some((each) => each === address)) confirmed.push(name);
    }
    return confirmed;
  }

  /** The names as they are written in DNS; none when nobody answers in time. */
  async function ask(address: string, signal: AbortSignal): Promise<readonly string[]> {
    if (signal.aborted || isIP(address) === 0) return [];
    return new Promise((settle) => {
      const finish = (names: readonly string[]): void => {
        clearTimeout(timer);
        forget();
        settle(names);
      };
      const timer = setTimeout(finish, timeoutMs, []);
      const forget = onAbort(signal, () => finish([]));
      // An address without a name is the rule, and whatever else goes wrong leaves it without one as well.
      dns.reverse(address).then(finish, () => finish([]));
    });
  }

  return (address, signal) => {
    let names = known.get(address);
    if (names === undefined) {
      names = find(address, signal);
      for (const oldest of known.keys()) {
        if (known.size < MAX_ADDRESSES) break;
        known.delete(oldest);
      }
      known.set(address, names);
    }
    return names;
  };
}
