import type { Severity } from '../model/finding.js';

/** What counts as wrong and how badly: data that an organisation may change without touching a rule. */
export interface Policy {
  /** A certificate is `expiring` in any of them; the gravest that it is in counts. */
  readonly expiring: readonly ExpiryWindow[];
  readonly keys: {
    readonly rsaMinimumBits: number;
    readonly ecMinimumBits: number;
  };
  /** Names of the trust stores whose CAs the Baseline Requirements bind. */
  readonly publicTrustStores: readonly string[];
  /** Whether an endpoint that is known by its address alone must have a certificate for that address. */
  readonly demandAddressNames: boolean;
  /** The CAs that certificates may come from; null: any. */
  readonly approvedCas: ApprovedCas | null;
  /** What names certificates may and must hold. */
  readonly names: {
    /** Patterns (`*` is any text) of names that no certificate may hold. */
    readonly forbidden: readonly string[];
    /** Patterns of which every certificate must hold a name that fits one; none: no demand. */
    readonly required: readonly string[];
  };
  /** By id of a finding: its severity here, or `off`. Those not named keep their own severity. */
  readonly findings: Readonly<Record<string, Severity | 'off'>>;
  /** Findings that somebody answers for, until a date. */
  readonly waivers: readonly Waiver[];
}

/** The last part of a certificate's life; where days and a share are given, the shorter of both. */
export interface ExpiryWindow {
  /** Begins with at most this many days left; null: the share alone decides. */
  readonly days: number | null;
  /** Begins once this share of the lifetime (0 to 1) or less is left; null: the days alone decide. */
  readonly share: number | null;
  /** Null: that of the finding. */
  readonly severity: Severity | null;
}

/** CAs that an organisation has approved; a path is approved by any one certificate in it. */
export interface ApprovedCas {
  /** Patterns (`*` is any text) of names, RFC 4514, of CAs. */
  readonly issuers: readonly string[];
  /** SHA-256, lower-case hex, of CA certificates or of their public keys. */
  readonly fingerprints: readonly string[];
}

/** A finding that is accepted where it is for a time. Every condition given must hold, and at least one is. */
export interface Waiver {
  /** Id of the finding. */
  readonly finding: string;
  /** Who answers for it. */
  readonly owner: string;
  readonly reason: string;
  /** UTC ISO-8601: its last moment. */
  readonly until: string;
  /** Pattern of the host, the server name or the address, or a CIDR block of addresses. */
  readonly host?: string;
  /** SHA-256, lower-case hex, of the certificate at fault or of the server's. */
  readonly fingerprint?: string;
  /** Pattern of the name of the issuer of the certificate at fault or, for faults of endpoints, of the server's. */
  readonly issuer?: string;
}

/** Time to notice, order and install: a month. */
export const DEFAULT_EXPIRY_DAYS = 30;

/** The policy of those who write none: 30 days' notice, 112 bits for RSA and 128 for curves (BR 6.1.5). */
export const DEFAULT_POLICY: Policy = {
  expiring: [{ days: DEFAULT_EXPIRY_DAYS, share: null, severity: null }],
  keys: { rsaMinimumBits: 2048, ecMinimumBits: 256 },
  publicTrustStores: ['mozilla'],
  demandAddressNames: false,
  approvedCas: null,
  names: { forbidden: [], required: [] },
  findings: {},
  waivers: [],
};
