/*
 * Why a witness: a connect that fails for want of a route means one of two things. Either the plan holds an address that
 * this machine never had a way to, or the cable is out, and everything that is probed now would be recorded as unreachable.
 * An address that has answered in this run tells which, without a packet: the kernel knows a way to it or does not.
 */
import { networkInterfaces } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import { hasRoute } from '../../probe/has-route.js';

/** What a missing route means. */
export type RouteVerdict = 'away' | 'only-this';

/** Tells a network that went away from a destination without a route. */
export interface NetworkWatch {
  /** The address gave an answer: it may be the witness from now on. */
  answered(address: string): void;
  /** Asked when a probe of the address failed for want of a route. */
  check(address: string): Promise<RouteVerdict>;
  /** Waits until every network that was found away is back, or the signal aborts. */
  back(signal: AbortSignal): Promise<void>;
}

/** The world that is watched; other ones are for tests. */
export interface WatchedWorld {
  hasRoute(address: string): Promise<boolean>;
  /** Addresses of this machine by which others can reach it, on interfaces that are up. */
  ownAddresses(): readonly string[];
  /** Waits for so many milliseconds, or rejects when the signal aborts. */
  wait(ms: number, signal: AbortSignal): Promise<void>;
}

const REAL_WORLD: WatchedWorld = {
  hasRoute,
  ownAddresses: () =>
    Object.values(networkInterfaces())
      .flatMap((addresses) => addresses ?? [])
      .filter(({ internal }) => !internal)
      .map(({ address }) => address),
  wait: async (ms, signal) => {
    await delay(ms, undefined, { signal });
  },
};

/** Soon enough for whoever plugs a cable back in, and nothing to speak of for the kernel. */
const POLL_MS = 1000;

type Family = 4 | 6;

/** Starts without a witness. */
export function createNetworkWatch(world: WatchedWorld = REAL_WORLD): NetworkWatch {
  const witnesses = new Map<Family, string>();
  const away = new Set<Family>();
  const questions = new Map<Family, () => Promise<boolean>>();
  // An address of this machine answers whether or not there is a network.
  let own = new Set(world.ownAddresses());

  async function isThere(family: Family): Promise<boolean> {
    const witness = witnesses.get(family);
    if (witness !== undefined) return world.hasRoute(witness);
    own = new Set(world.ownAddresses());
    return own.size > 0;
  }

  return {
    answered(address) {
      if (!isLoopback(address) && !own.has(address)) witnesses.set(familyOf(address), address);
    },
    async check(address) {
      const family = familyOf(address);
      const ask = questions.get(family) ?? joinQuestions(() => isThere(family));
      questions.set(family, ask);
      if (await ask()) return 'only-this';
      away.add(family);
      return 'away';
    },
    async back(signal) {
      while (away.size > 0 && !signal.aborted) {
        for (const family of [...away]) if (await isThere(family)) away.delete(family);
        if (away.size > 0) await world.wait(POLL_MS, signal).catch(rethrowUnlessAborted(signal));
      }
    },
  };
}

/**
 * Lets any number of callers ask at the same time while the question is put once, or once more for those who came while it
 * was being answered: what they are told was found out after they asked.
 */
function joinQuestions(ask: () => Promise<boolean>): () => Promise<boolean> {
  let running: Promise<boolean> | null = null;
  let next: Promise<boolean> | null = null;
  const start = (): Promise<boolean> => {
    next = null;
    const answer = ask().finally(() => {
      if (running === answer) running = null;
    });
    running = answer;
    return answer;
  };
  return () => {
    if (next !== null) return next;
    if (running === null) return start();
    next = running.then(start, start);
    return next;
  };
}

function rethrowUnlessAborted(signal: AbortSignal): (error: unknown) => void {
  return (error) => {
    if (!signal.aborted) throw error;
  };
}

function familyOf(address: string): Family {
  return address.includes(':') ? 6 : 4;
}

function isLoopback(address: string): boolean {
  return address === '::1' || address.startsWith('127.') || address.startsWith('::ffff:127.');
}
