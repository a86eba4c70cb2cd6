import { FAULT_PORTS } from './fault-network.js';

/** The network that is scanned, as the files are told of it. */
export interface FaultTargets {
  readonly targets: string;
  readonly part: string;
  readonly size: number;
  readonly partSize: number;
  /** A file with the root that is trusted. */
  readonly anchors: string;
  /** The moment to judge as of, ISO 8601. */
  readonly now: string;
}

/** Long enough for a server on a busy machine, short enough that silent ones do not hold up a test. */
export const TIMEOUT_MS = 3000;

/** What a new scan and one that is resumed are judged by alike. */
export function judgeArgs({ now }: Pick<FaultTargets, 'now'>): string[] {
  return ['--now', now, '--no-progress'];
}

/** The arguments of a scan of the whole network or of the part, always in the same order. */
export function scanArgs(given: FaultTargets, which: 'targets' | 'part' = 'targets'): string[] {
  const pace = ['--timeout', String(TIMEOUT_MS), '--seed', 'faults'];
  const trust = ['--trust-store', `corp=${given.anchors}`];
  return [given[which], '--ports', FAULT_PORTS, ...pace, ...trust, ...judgeArgs(given)];
}
