import type { PauseGate } from '../scan/pace/pause-gate.js';
import { isForeground } from './is-foreground.js';
import { watchKeys } from './watch-keys.js';

/** The key that pauses a scan and lets it go on. */
const PAUSE_KEY = 'p';

/** The signal that does the same; Windows has none such. */
const PAUSE_SIGNAL = 'SIGUSR2';

/**
 * Lets the user pause the scan and go on with it: by the key in a terminal that nothing else is read from, and by the signal.
 * `paused` is told whenever that changes. Call what it returns when there is nothing left to pause.
 */
export function watchPauses(
  gate: Pick<PauseGate, 'pause' | 'reasons' | 'resume'>,
  hasKeys: boolean,
  paused: (isPaused: boolean) => void,
): () => void {
  const toggle = (): void => {
    const isPaused = gate.reasons.includes('user');
    if (isPaused) gate.resume('user');
    else gate.pause('user');
    paused(!isPaused);
  };
  const hasSignal = process.platform !== 'win32';
  if (hasSignal) process.on(PAUSE_SIGNAL, toggle);
  const pressed = (key: string): void => {
    if (key === PAUSE_KEY) toggle();
  };
  const raise = (signal: NodeJS.Signals): void => {
    process.kill(process.pid, signal);
  };
  const forgetKeys = hasKeys ? watchKeys(process.stdin, pressed, { isForeground, raise }) : () => undefined;
  return () => {
    forgetKeys();
    if (hasSignal) process.off(PAUSE_SIGNAL, toggle);
  };
}
