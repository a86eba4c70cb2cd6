import type { ProbeLimits } from '../probe/budget.js';
import type { ConnectTimeoutBounds } from './pace/connect-timeouts.js';

/** How hard a scan may work. */
export interface Pace {
  /** Endpoints in flight at once. */
  readonly concurrency: number;
  /** New endpoints a second; null: no limit but concurrency. */
  readonly ratePerSecond: number | null;
  readonly limits: ProbeLimits;
  /** Between what the connect timeout follows the round trips measured; absent: it is that of `limits`, always. */
  readonly connectTimeout?: ConnectTimeoutBounds;
  /** Endpoints in flight at one address; absent: any number. At depth `posture` it is `POSTURE_PER_ADDRESS`. */
  readonly perAddress?: number;
  /** Endpoints in flight in one subnet (/24, IPv6 /64); absent: any number. */
  readonly perSubnet?: number;
  /** How often an endpoint is tried again when it was too busy, or this machine was; absent: never. */
  readonly retries?: number;
  /** Silent ports after which no more of an address are probed, unless it has answered; absent: all are. */
  readonly giveUpAfter?: number;
}

/** Endpoints in flight at one address while postures are asked for: the connections of one are all that a device bears. */
export const POSTURE_PER_ADDRESS = 1;

/**
 * Named paces. `slow` suits fragile devices and thin lines: whoever sleeps has three seconds to wake. `normal` forgives a lost
 * SYN on any path on Earth, or a device that wakes within a second and a half. `fast` is for a data centre of one's own,
 * where whoever has not answered within a second will not.
 */
export const SPEEDS = {
  slow: {
    concurrency: 20,
    ratePerSecond: 50,
    limits: { connectTimeoutMs: 5000, timeoutMs: 20_000 },
    connectTimeout: { leastMs: 3000, mostMs: 5000 },
    perAddress: 2,
    perSubnet: 10,
    retries: 2,
  },
  normal: {
    concurrency: 250,
    ratePerSecond: 2000,
    limits: { connectTimeoutMs: 3000, timeoutMs: 10_000 },
    connectTimeout: { leastMs: 1500, mostMs: 3000 },
    perAddress: 16,
    perSubnet: 128,
    retries: 1,
  },
  fast: {
    concurrency: 2000,
    ratePerSecond: null,
    limits: { connectTimeoutMs: 1500, timeoutMs: 6000 },
    connectTimeout: { leastMs: 1000, mostMs: 1500 },
    perAddress: 128,
    perSubnet: 1000,
    retries: 1,
  },
} as const satisfies Record<string, Required<Omit<Pace, 'giveUpAfter'>>>;

/** Name of a pace. */
export type Speed = keyof typeof SPEEDS;
