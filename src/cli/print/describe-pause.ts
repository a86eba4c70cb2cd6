import type { PauseReason } from '../../scan/pace/pause-gate.js';

/** What stands in the progress for each reason. */
const WORDS: Readonly<Record<PauseReason, string>> = {
  user: 'by hand',
  'quiet hours': 'quiet hours',
  'network away': 'the network is away',
};

/** Says why a scan stands still, `paused (by hand)`, `paused (quiet hours until 2026-11-22 18:00)`; null: it does not. */
export function describePause(reasons: readonly PauseReason[], quietUntil: Date | null): string | null {
  if (reasons.length === 0) return null;
  const words = reasons.map((reason) =>
    reason === 'quiet hours' && quietUntil !== null
      ? `${WORDS[reason]} until ${formatLocalTime(quietUntil)}`
      : WORDS[reason],
  );
  return `paused (${words.join(', ')})`;
}

/** As the clock on the wall shows it, by which quiet hours are kept. */
function formatLocalTime(at: Date): string {
  const pad = (value: number) => String(value).padStart(2, '0');
  const day = [at.getFullYear(), pad(at.getMonth() + 1), pad(at.getDate())].join('-');
  return `${day} ${pad(at.getHours())}:${pad(at.getMinutes())}`;
}
