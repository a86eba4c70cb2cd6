import type { PauseGate } from './pause-gate.js';
import type { QuietHours } from './quiet-hours.js';

/** Quiet hours that are being kept. */
export interface KeptQuietHours {
  /** When they end; null: now is none of them. */
  readonly until: Date | null;
  stop(): void;
}

/** A scan may be this late at the beginning and at the end of quiet hours. Looking costs microseconds. */
const LOOK_MS = 1000;

/** Shuts the gate in quiet hours and opens it afterwards, as the clock on the wall shows them, whoever sets it. */
export function keepQuietHours(
  gate: Pick<PauseGate, 'pause' | 'resume'>,
  hours: QuietHours,
  now: () => Date,
): KeptQuietHours {
  let until: Date | null = null;
  const look = (): void => {
    until = hours.quietUntil(now());
    if (until === null) gate.resume('quiet hours');
    else gate.pause('quiet hours');
  };
  look();
  const timer = setInterval(look, LOOK_MS);
  return {
    get until() {
      return until;
    },
    stop: () => clearInterval(timer),
  };
}
