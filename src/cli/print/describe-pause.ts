import type { PauseReason } from '../../scan/pace/pause-gate.js';

/** What stands in the progress for each reason. */
const WORDS: Readonly<Record<PauseReason, string>> = {
  user: 'by hand',
  'quiet hours': 'quiet hours',
  'network away': 'the network is away',
  descriptors: 'no descriptor is free',
};

/** Says why a scan stands still, `paused (by hand)`; null: it does not. */
export function describePause(reasons: readonly PauseReason[]): string | null {
  return reasons.length === 0 ? null : `paused (${reasons.map((reason) => WORDS[reason]).join(', ')})`;
}
