import { UsageError } from '../model/usage-error.js';
import { quoteWord } from './quote-word.js';

const UNITS_MS: Readonly<Record<string, number>> = {
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
};

/** Five digits: 99,999 weeks are 1,900 years, and what is reckoned with them is still a date. */
const DURATION = /^(\d{1,5})([mhdw])$/;

/** Reads `30m`, `36h`, `7d` or `2w` as milliseconds; `source` is what messages call it, such as `--older-than`. */
export function parseDuration(text: string, source: string): number {
  const [, digits = '', unit = ''] = DURATION.exec(text.trim().toLowerCase()) ?? [];
  const durationMs = Number(digits) * (UNITS_MS[unit] ?? 0);
  if (durationMs > 0) return durationMs;
  throw new UsageError(
    `${source}: ${quoteWord(text)} is no duration: write minutes, hours, days or weeks above 0, as 30m, 36h, 7d or 2w`,
  );
}
