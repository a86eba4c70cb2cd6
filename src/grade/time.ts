const DAY_MS = 86_400_000;

/** Writes a moment as findings do: `2026-12-10 12:00:00 UTC`. */
export function formatTime(time: number): string {
  return `${new Date(time).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}

/** Writes a length of time in whole days, rounded down: `1 day`, `29 days`, `less than a day`. */
export function formatDays(durationMs: number): string {
  const days = Math.floor(durationMs / DAY_MS);
  if (days === 0) return 'less than a day';
  return days === 1 ? '1 day' : `${days} days`;
}

/** Counts the days of a validity period as BR 6.3.2 does: both ends belong to it, and any fraction starts a new day. */
export function countValidityDays(notBefore: number, notAfter: number): number {
  return Math.ceil((notAfter - notBefore + 1000) / DAY_MS);
}
