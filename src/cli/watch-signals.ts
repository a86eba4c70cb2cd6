import { EXIT_CODES } from './exit-codes.js';

/** For work of which something is saved. */
const NOTICE = 'certsweep: stopping, and saving what is known; once more stops at once\n';

/**
 * Turns the first SIGINT or SIGTERM into an abort, so that work stops cleanly, and ends the process at the second. A
 * terminal that closes (SIGHUP) is an abort too; it may tell several times, which does not mean that anybody is in a hurry.
 * Call what it returns when there is nothing left to stop. `notice` is what the first signal has to say.
 */
export function watchSignals(stopper: AbortController, notice = NOTICE): () => void {
  const stop = (): void => {
    process.stderr.write(`${process.stderr.isTTY ? '\n' : ''}${notice}`);
    stopper.abort();
  };
  const onSignal = (): void => {
    if (stopper.signal.aborted) process.exit(EXIT_CODES.interrupted);
    stop();
  };
  const onHangup = (): void => {
    if (!stopper.signal.aborted) stop();
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  process.on('SIGHUP', onHangup);
  return () => {
    process.off('SIGINT', onSignal);
    process.off('SIGTERM', onSignal);
    process.off('SIGHUP', onHangup);
  };
}
