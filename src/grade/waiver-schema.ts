import { z } from 'zod';
import { readHostPattern } from './host-pattern.js';
import { listRules } from './list-rules.js';
import type { Waiver } from './policy.js';

const FINDING_IDS: ReadonlySet<string> = new Set(listRules().map(({ id }) => id));

/** A SHA-256 in hex, as reports write it with colons, or without. */
export const FINGERPRINT = z
  .string({ error: 'must be a SHA-256 fingerprint: 64 hex digits, in quotes' })
  .transform((written) => written.replaceAll(':', '').toLowerCase())
  .pipe(
    z.string().regex(/^[\da-f]{64}$/, { error: 'must be a SHA-256 fingerprint: 64 hex digits, in quotes' }),
  );

/** A list of patterns in which `*` is any text. */
export function patterns(what: string) {
  return z.array(text(what), { error: `must be a list, each ${what}` });
}

/** The keys of a waiver, with what each takes. */
export const WAIVER_SHAPE = {
  finding: text('the id of a finding').refine((id) => FINDING_IDS.has(id), {
    error: 'must be the id of a finding: see docs/findings.md',
  }),
  owner: text('who answers for it'),
  reason: text('why it is accepted'),
  until: text('a day such as 2027-03-31').transform((day, context) => {
    const end = lastMoment(day);
    if (end === null) context.addIssue({ code: 'custom', message: 'must be a day such as 2027-03-31' });
    return end ?? z.NEVER;
  }),
  host: text('a host, a pattern such as *.lab.example, or a block such as 10.0.0.0/8')
    .refine((host) => readHostPattern(host) !== null, { error: 'must be a block such as 10.0.0.0/8' })
    .optional(),
  fingerprint: FINGERPRINT.optional(),
  issuer: text('a pattern of the name of a CA, such as "CN=Lab CA*"').optional(),
} as const;

/** One finding that is accepted where it is for a time. */
export const WAIVER_SCHEMA = z
  .strictObject(WAIVER_SHAPE, {
    error: (issue) =>
      issue.code === 'invalid_type' ? 'must hold keys and values, such as "finding: self-signed"' : undefined,
  })
  .refine(({ host, fingerprint, issuer }) => (host ?? fingerprint ?? issuer) !== undefined, {
    error:
      'must say where: host, fingerprint or issuer (to turn a finding off everywhere, set it to off in findings)',
  })
  .transform(
    ({ host, fingerprint, issuer, ...rest }): Waiver => ({
      ...rest,
      ...(host !== undefined && { host }),
      ...(fingerprint !== undefined && { fingerprint }),
      ...(issuer !== undefined && { issuer }),
    }),
  );

function text(what: string) {
  const error = `must be ${what}`;
  return z.string({ error }).trim().min(1, { error });
}

/** The end of a day in UTC; null: it is none. */
function lastMoment(day: string): string | null {
  const end = `${day}T23:59:59.999Z`;
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day) || Number.isNaN(Date.parse(end))) return null;
  return new Date(end).toISOString().startsWith(day) ? end : null;
}
