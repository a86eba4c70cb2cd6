import { z } from 'zod';
import { SEVERITIES } from '../model/finding.js';
import type { ExpiryWindow } from './policy.js';

/** No certificate is to live longer in any policy: a hundred years. */
const MAXIMUM_DAYS = 36_500;
/** More steps than anybody can tell apart; a longer list is a mistake. */
const MAXIMUM_WINDOWS = 10;

const DAYS_ERROR = `must be a whole number from 0 to ${MAXIMUM_DAYS}`;

/** The keys of a window, with what each takes. */
export const EXPIRY_SHAPE = {
  days: z
    .int({ error: DAYS_ERROR })
    .min(0, { error: DAYS_ERROR })
    .max(MAXIMUM_DAYS, { error: DAYS_ERROR })
    .nullish(),
  share: z
    .number({ error: 'must be a number above 0, at most 1' })
    .gt(0, { error: 'must be above 0' })
    .max(1, { error: 'must be at most 1' })
    .nullish(),
  severity: z.enum(SEVERITIES, { error: `must be one of ${SEVERITIES.join(', ')}` }).nullish(),
} as const;

const WINDOW = z.strictObject(EXPIRY_SHAPE, {
  error: ({ code }) =>
    code === 'invalid_type' ? 'must hold keys and values, such as "days: 30"' : undefined,
});

/** In a list nothing is taken for granted. */
const WINDOWS = z
  .array(
    WINDOW.refine(({ days, share }) => (days ?? share ?? null) !== null, {
      error: 'must say when: days, share or both',
    }),
  )
  .min(1, { error: 'must hold a window (to turn the finding off, set expiring to off in findings)' })
  .max(MAXIMUM_WINDOWS, { error: `must hold at most ${MAXIMUM_WINDOWS} windows` });

/** Reads one window, whose days are `days` unless it says otherwise, or a list of windows. */
export function expiryWindows(days: number) {
  // Not a union: that would not say in which line of which window the mistake is.
  return z.unknown().transform((value, context): readonly ExpiryWindow[] => {
    const isList = Array.isArray(value);
    const { data, error } = isList
      ? WINDOWS.safeParse(value)
      : WINDOW.transform((one) => [one]).safeParse(value);
    if (error) {
      for (const { path, message, ...issue } of error.issues) {
        if (issue.code === 'unrecognized_keys')
          context.issues.push({ ...issue, path, message, input: undefined });
        else context.issues.push({ code: 'custom', path, message, input: value });
      }
      return z.NEVER;
    }
    return data.map((window) => ({
      days: window.days ?? (isList ? null : days),
      share: window.share ?? null,
      severity: window.severity ?? null,
    }));
  });
}
