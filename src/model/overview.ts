import type { EndpointState } from './endpoint-state.js';
import type { Severity } from './finding.js';
import type { Status } from './judgement.js';
import type { RunSummary } from './run-summary.js';
import type { ScanRun } from './scan-run.js';

/** How many things have a name. */
export interface NamedCount {
  readonly name: string;
  readonly count: number;
}

/** An inventory on one page: what was scanned last, what there is now, and how it came there. */
export interface Overview {
  /** The moment that expiry is counted from, UTC ISO-8601. */
  readonly now: string;
  /** Null: nothing was ever scanned. */
  readonly lastRun: LastRun | null;
  readonly endpoints: {
    /** Those that have ever presented a certificate. */
    readonly total: number;
    readonly states: Readonly<Record<EndpointState, number>>;
    readonly statuses: Readonly<Record<Status, number>>;
  };
  /** Leaves that endpoints present, or did last, each counted once. */
  readonly certificates: {
    readonly total: number;
    /** Those that none but unused endpoints present; they are not among the next four. */
    readonly unused: number;
    readonly expired: number;
    /** Not yet expired, within so many days. */
    readonly expiringIn7Days: number;
    readonly expiringIn30Days: number;
    readonly expiringIn90Days: number;
    /** By the gravest finding of an endpoint that presents them. */
    readonly severities: Readonly<Record<Severity | 'none', number>>;
    readonly windows: readonly NamedCount[];
    readonly keyTypes: readonly NamedCount[];
    readonly keyLengths: readonly NamedCount[];
    readonly signatureHashes: readonly NamedCount[];
    /** Those that have issued the most, and last the others in one. */
    readonly authorities: readonly NamedCount[];
    readonly validations: readonly NamedCount[];
    /** Keys that several certificates have, and how many certificates these are. */
    readonly reusedKeys: { readonly keys: number; readonly certificates: number };
  };
  /** The latest runs, the earliest first. */
  readonly trend: readonly TrendPoint[];
}

/** The latest scan run. */
export interface LastRun
  extends Pick<ScanRun, 'id' | 'startedAt' | 'endedAt' | 'state' | 'planSize' | 'counts'> {
  /** Null: it goes on, or was never finished; so are the next two. */
  readonly durationMs: number | null;
  /** Endpoints that it observed first. */
  readonly newEndpoints: number | null;
  /** Certificates that it found first. */
  readonly newCertificates: number | null;
}

/** What one run has found. */
export interface TrendPoint extends Pick<RunSummary, 'certificates' | 'expired' | 'expiring' | 'warnings'> {
  readonly run: string;
  readonly at: string;
}
