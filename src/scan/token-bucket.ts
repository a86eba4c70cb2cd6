import { onAbort } from '../probe/on-abort.js';

/**
 * Lets callers through at a smooth rate: each is given the next slot on a line of evenly spaced times. Unused time is
 * not saved up, so a pause is never followed by a burst.
 */
export class TokenBucket {
  readonly #spacingMs: number;
  #nextSlot = 0;

  constructor(perSecond: number) {
    this.#spacingMs = 1000 / perSecond;
  }

  /** Waits for the caller's slot; returns early when the signal aborts. */
  async take(signal: AbortSignal): Promise<void> {
    const now = performance.now();
    const slot = Math.max(now, this.#nextSlot);
    this.#nextSlot = slot + this.#spacingMs;
    const waitMs = slot - now;
    // Timers have a resolution of a millisecond: a shorter wait would become a longer one.
    if (waitMs < 1 || signal.aborted) return;
    await new Promise<void>((resolve) => {
      const wake = (): void => {
        clearTimeout(timer);
        forget();
        resolve();
      };
      const timer = setTimeout(wake, waitMs);
      const forget = onAbort(signal, wake);
    });
  }
}
