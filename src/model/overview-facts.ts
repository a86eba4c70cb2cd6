import type { EndpointState } from './endpoint-state.js';
import type { Severity } from './finding.js';
import type { Status } from './judgement.js';
import type { RunSummary } from './run-summary.js';
import type { ScanRun } from './scan-run.js';

/** How many things have some value, where null is none. */
export interface ValueCount<Value> {
  readonly value: Value | null;
  readonly count: number;
}

/** What an inventory holds now in numbers: of leaves that endpoints present, or did last. What people accept counts for nothing. */
export interface CurrentCounts {
  /** Endpoints that have ever presented a certificate. */
  readonly endpoints: number;
  /** Endpoints by state; states that did not occur are absent. */
  readonly states: Readonly<Partial<Record<EndpointState, number>>>;
  /** Endpoints by status; those that did not occur are absent. */
  readonly statuses: Readonly<Partial<Record<Status, number>>>;
  readonly certificates: number;
  /** Certificates that none but unused endpoints present: their expiry is nobody's concern. */
  readonly unused: number;
  /** Certificates by the gravest finding that is noticed of an endpoint that presents them; those without one are in none. */
  readonly severities: Readonly<Partial<Record<Severity, number>>>;
  /** Certificates by key, the most frequent first; what is rare beyond measure is left out, as in the next three. */
  readonly keys: readonly {
    readonly type: string | null;
    readonly bits: number | null;
    readonly count: number;
  }[];
  /** By the name of the signature algorithm. */
  readonly signatures: readonly ValueCount<string>[];
  readonly validations: readonly ValueCount<string>[];
  /** By the name of the issuer, RFC 4514. */
  readonly issuers: readonly ValueCount<string>[];
  /** Keys that several certificates have. */
  readonly reusedKeys: number;
  /** How many certificates these are. */
  readonly certificatesWithReusedKeys: number;
}

/** All that an overview of an inventory is made of. */
export interface OverviewFacts extends CurrentCounts {
  /** Certificates in use that tell when they end. */
  readonly withExpiry: number;
  /** How many certificates in use end before a moment, milliseconds since 1970, UTC. */
  countEndingBefore(moment: number): number;
  /** The latest runs, the latest first; the summary is null of one that goes on or was never finished. */
  readonly runs: readonly { readonly run: ScanRun; readonly summary: RunSummary | null }[];
}
