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
