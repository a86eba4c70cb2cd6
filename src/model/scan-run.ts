import type { Outcome } from './outcome.js';

/** How a scan run stands. */
export type ScanRunState = 'running' | 'completed' | 'interrupted' | 'failed';

/** One execution of a plan. */
export interface ScanRun {
  /** UUIDv7 (RFC 9562, section 5.7). */
  readonly id: string;
  /** What was asked for, enough to make the same plan again (JSON). */
  readonly definition: Readonly<Record<string, unknown>>;
  readonly startedAt: string;
  /** Null while it runs. */
  readonly endedAt: string | null;
  readonly state: ScanRunState;
  /** Entries of the plan: addresses times ports, and one for each name and port. */
  readonly planSize: number;
  /** Observations by outcome; outcomes that did not occur are absent. */
  readonly counts: Readonly<Partial<Record<Outcome, number>>>;
  /** It is to replace all others and has not yet: views of what is true now leave it out. */
  readonly isProvisional?: boolean;
}
