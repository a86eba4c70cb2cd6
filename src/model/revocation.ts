/** Why a certificate was revoked, in the order of the numbers (RFC 5280, section 5.3.1); 7 is not in use. */
export const REVOCATION_REASONS = [
  'unspecified',
  'keyCompromise',
  'cACompromise',
  'affiliationChanged',
  'superseded',
  'cessationOfOperation',
  'certificateHold',
  null,
  'removeFromCRL',
  'privilegeWithdrawn',
  'aACompromise',
] as const;

/** Name of a reason. */
export type RevocationReason = NonNullable<(typeof REVOCATION_REASONS)[number]>;

/** What is known of the revocation of one certificate, and who says so. */
export type Revocation =
  | {
      readonly status: 'good';
      /** The URL that the answer came from, or `staple`. */
      readonly source: string;
    }
  | {
      readonly status: 'revoked';
      /** Milliseconds since 1970, UTC; null when the time cannot be read. */
      readonly at: number | null;
      /** Null: none was given. */
      readonly reason: RevocationReason | null;
      readonly source: string;
    }
  | {
      readonly status: 'unknown';
      /** One sentence: who was asked and what came of it, or why nobody was; lower case, no full stop. */
      readonly why: string;
    };

/** What is known of the certificates of one path, by fingerprint (SHA-256, hex). */
export type Revocations = ReadonlyMap<string, Revocation>;

/** The same as plain JSON, as it is kept with a judgement. */
export type RevocationReport = Readonly<Record<string, Revocation>>;
