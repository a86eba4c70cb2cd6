import { formatTime } from '../../model/time.js';
import type { Check } from '../check.js';
import { countValidityDays } from '../count-validity-days.js';

type ValidityLimit = { readonly from: number } & ({ readonly days: number } | { readonly months: number });

/** The longest validity by the day of issue, newest first (BR 6.3.2; ballots 193, SC31 and SC081v3). */
const LIMITS: readonly ValidityLimit[] = [
  { from: Date.UTC(2029, 2, 15), days: 47 },
  { from: Date.UTC(2027, 2, 15), days: 100 },
  { from: Date.UTC(2026, 2, 15), days: 200 },
  { from: Date.UTC(2020, 8, 1), days: 398 },
  { from: Date.UTC(2018, 2, 1), days: 825 },
  { from: Date.UTC(2015, 3, 1), months: 39 },
  { from: Date.UTC(2012, 6, 1), months: 60 },
];

/** A publicly trusted certificate is valid for longer than was allowed when it was issued. */
export const excessiveValidity: Check = {
  id: 'excessive-validity',
  severity: 'medium',
  subject: 'certificate',
  title: 'A publicly trusted certificate is valid for too long',
  citation: 'BR 6.3.2',
  advice:
    'Replace the certificate by one of the length that is allowed now; browsers refuse those that exceed it. Automate renewal (ACME), as the limits go down to 47 days by 2029.',
  run({ leaf, isPublic }) {
    const { notBefore, notAfter } = leaf;
    if (!isPublic || notBefore === null || notAfter === null) return null;
    const limit = LIMITS.find(({ from }) => notBefore >= from);
    if (limit === undefined) return null;
    const days = countValidityDays(notBefore, notAfter);
    const isWithin = 'days' in limit ? days <= limit.days : notAfter <= addMonths(notBefore, limit.months);
    if (isWithin) return null;
    const allowed = 'days' in limit ? `${limit.days} days` : `${limit.months} months`;
    return {
      subject: leaf.facts.fingerprintSha256,
      message: `certificate issued on ${formatTime(notBefore)} is valid for ${days} days, ${allowed} were allowed`,
    };
  },
};

function addMonths(time: number, months: number): number {
  const date = new Date(time);
  return date.setUTCMonth(date.getUTCMonth() + months);
}
