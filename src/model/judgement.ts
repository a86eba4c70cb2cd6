import type { Certificate } from './certificate.js';
import type { Finding } from './finding.js';
import type { Grades } from './grades.js';
import type { Path } from './path.js';
import type { RevocationReport } from './revocation.js';

/** The one-word state of an endpoint: the first of Expired, Revoked, Warning, Good that applies. */
export const STATUSES = ['Expired', 'Revoked', 'Warning', 'Good', 'No certificate'] as const;

export type Status = (typeof STATUSES)[number];

/** What follows from one observation under one policy, one set of trust stores and one `now`. */
export interface Judgement {
  /** Every certificate that was presented, in sent order; the first is the leaf. */
  readonly presented: readonly Certificate[];
  /** Every certificate of the other chains that the endpoint presents; absent: there are none. */
  readonly others?: readonly Certificate[];
  readonly path: Path;
  /** What the stapled OCSP response says: `good`, `revoked`, `unknown`, or `invalid: ` and why; absent: none was sent. */
  readonly stapledOcsp?: string;
  /** What CAs said of certificates of the path when they were asked, as far as a verdict rests on it; absent: on nothing. */
  readonly revocations?: RevocationReport;
  readonly findings: readonly Finding[];
  readonly status: Status;
  /** Letter grade, the worse of the two in `grades`; null: there is no certificate to grade. */
  readonly grade: string | null;
  /** What the letter comes from; null or absent: nothing was graded. */
  readonly grades?: Grades | null;
}
