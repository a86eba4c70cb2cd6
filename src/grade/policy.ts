import type { Severity } from '../model/finding.js';

/** What counts as wrong and how badly: data that an organisation may change without touching a rule. */
export interface Policy {
  readonly expiring: {
    /** A certificate with at most this many days left is `expiring`. */
    readonly days: number;
    /** Where given (0 to 1): only once this share of its lifetime or less is left, too. */
    readonly share: number | null;
  };
  readonly keys: {
    readonly rsaMinimumBits: number;
    readonly ecMinimumBits: number;
  };
  /** Names of the trust stores whose CAs the Baseline Requirements bind. */
  readonly publicTrustStores: readonly string[];
  /** Whether an endpoint that is known by its address alone must have a certificate for that address. */
  readonly demandAddressNames: boolean;
  /** By id of a finding: its severity here, or `off`. Those not named keep their own severity. */
  readonly findings: Readonly<Record<string, Severity | 'off'>>;
}

/** The policy of those who write none: 30 days' notice, 112 bits for RSA and 128 for curves (BR 6.1.5). */
export const DEFAULT_POLICY: Policy = {
  expiring: { days: 30, share: null },
  keys: { rsaMinimumBits: 2048, ecMinimumBits: 256 },
  publicTrustStores: ['mozilla'],
  demandAddressNames: false,
  findings: {},
};
