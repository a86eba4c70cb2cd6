import type { ProbeLimits } from '../probe/budget.js';

/** How hard a scan may work. */
export interface Pace {
  /** Endpoints in flight at once. */
  readonly concurrency: number;
  /** New endpoints a second; null: no limit but concurrency. */
  readonly ratePerSecond: number | null;
  readonly limits: ProbeLimits;
}

/** Named paces. `slow` suits fragile devices and thin lines, `fast` a data centre of one's own. */
export const SPEEDS = {
  slow: { concurrency: 20, ratePerSecond: 50, limits: { connectTimeoutMs: 5000, timeoutMs: 20_000 } },
  normal: { concurrency: 250, ratePerSecond: 2000, limits: { connectTimeoutMs: 3000, timeoutMs: 10_000 } },
  fast: { concurrency: 2000, ratePerSecond: null, limits: { connectTimeoutMs: 1500, timeoutMs: 6000 } },
} as const satisfies Record<string, Pace>;

/** Name of a pace. */
export type Speed = keyof typeof SPEEDS;
