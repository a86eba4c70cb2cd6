import type { Outcome } from './outcome.js';
import type { ScanRun } from './scan-run.js';

/** What a scan run has covered, and how its probes ended there. */
export interface Coverage {
  /** Observations by outcome. */
  readonly outcomes: Readonly<Record<Outcome, number>>;
  /** By port, and by the protocol that the plan had for it. */
  readonly ports: readonly PortCoverage[];
  /** By network, in the order of addresses: as small ones as there is room for. */
  readonly subnets: readonly SubnetCoverage[];
}

/** How the probes of one port ended. */
export interface PortCoverage {
  readonly port: number;
  readonly protocol: string;
  /** Observations by outcome; outcomes that did not occur are absent. */
  readonly counts: ScanRun['counts'];
}

/** How the probes of one network ended. */
export interface SubnetCoverage {
  /** `10.1.2.0/24`, `2001:db8::/64`, or `no address` for names that did not resolve. */
  readonly subnet: string;
  /** Observations by outcome; outcomes that did not occur are absent. */
  readonly counts: ScanRun['counts'];
}
