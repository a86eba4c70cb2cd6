import { compareFindings, type Finding } from './finding.js';
import { type GradeReason, isWorse } from './grades.js';
import type { Judgement } from './judgement.js';
import { formatDays, formatTime } from './time.js';

// Why in the dictionary: the judge says it of a certificate that had ended when it was judged, and views of what is true
// now say it of one that has ended since. Both must say the same.

/** What a certificate that has ended is found to have. */
export const EXPIRED = {
  id: 'expired',
  severity: 'high',
  citation: 'RFC 5280, section 4.1.2.5',
  advice:
    'Renew the certificate and reload the service. If it was renewed already, the service still uses the old file: check its configuration and restart it.',
} as const satisfies Partial<Finding>;

/** Why its letter is no better. */
export const EXPIRED_REASON = {
  part: 'certificate',
  rule: EXPIRED.id,
  cap: 'T',
  message: 'the certificate has expired',
  citation: 'SSL Labs SSL Server Rating Guide, "Certificate inspection"',
} as const satisfies GradeReason;

/** What is found of a certificate that ends soon, and is true no more of one that has ended. */
export const EXPIRING = 'expiring';

/** A verdict, as records tell it. */
export type Verdict = Pick<Judgement, 'findings' | 'grade' | 'status'> & Required<Pick<Judgement, 'grades'>>;

/** Whether a moment, milliseconds since 1970, is past the end of a certificate, whose last second counts (RFC 5280, section 4.1.2.5). */
export function hasExpired(notAfter: number, now: number): boolean {
  return now > notAfter;
}

/** Says when it ended. */
export function describeExpired(notAfter: number, now: number): string {
  return `certificate expired on ${formatTime(notAfter)}, ${formatDays(now - notAfter)} ago`;
}

/** A certificate as far as its end matters. */
export interface EndedCertificate {
  /** SHA-256, hex; null: it is not known which of several that are `expiring` it is. */
  readonly fingerprintSha256: string | null;
  /** Milliseconds since 1970, UTC. */
  readonly notAfter: number;
}

/** Lets time pass: what a verdict from before becomes by `now`, where the certificate that it is about has ended since. */
export function expireVerdict(
  { findings, grade, grades }: Verdict,
  { fingerprintSha256, notAfter }: EndedCertificate,
  now: Date,
): Verdict {
  const isOver = ({ id, subject }: Finding) =>
    id === EXPIRING && (fingerprintSha256 === null || subject === fingerprintSha256);
  return {
    findings: [
      ...findings.filter((each) => !isOver(each)),
      {
        id: EXPIRED.id,
        severity: EXPIRED.severity,
        subject: fingerprintSha256,
        message: describeExpired(notAfter, now.getTime()),
        advice: EXPIRED.advice,
        citation: EXPIRED.citation,
      },
    ].sort(compareFindings),
    status: 'Expired',
    grade: grade === null ? null : EXPIRED_REASON.cap,
    grades: grades && {
      ...grades,
      certificate: grades.certificate && EXPIRED_REASON.cap,
      reasons: [
        ...grades.reasons.filter(({ cap }) => !isWorse(EXPIRED_REASON.cap, cap)),
        EXPIRED_REASON,
        ...grades.reasons.filter(({ cap }) => isWorse(EXPIRED_REASON.cap, cap)),
      ],
    },
  };
}
