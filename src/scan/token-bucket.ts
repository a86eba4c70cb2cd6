import { onAbort } from '../probe/on-abort.js';

/** Nanoseconds of a millisecond. */
const MS = 1_000_000n;

/**
 * Lets callers through at a smooth rate: each is given the next slot on a line of evenly spaced times. Unused time is
 * not saved up, so a pause is never followed by a burst. Threads that share the line keep to the rate together.
 */
export class TokenBucket {
  /** The time of the next slot in nanoseconds, on the clock that all threads of a process share. */
  readonly #nextSlot: BigInt64Array;
  readonly #spacing: bigint;

  /** `shared`: the line of another thread's bucket, of the same rate. */
  constructor(perSecond: number, shared: SharedArrayBuffer = new SharedArrayBuffer(8)) {
    this.#spacing = BigInt(Math.max(1, Math.round(1e9 / perSecond)));
    this.#nextSlot = new BigInt64Array(shared);
  }

  /** Waits for the caller's slot; returns early when the signal aborts. */
  async take(signal: AbortSignal): Promise<void> {
    const now = process.hrtime.bigint();
    const waitMs = Number((this.#takeSlot(now) - now) / MS);
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

  #takeSlot(now: bigint): bigint {
    for (;;) {
      const next = Atomics.load(this.#nextSlot, 0);
      const slot = next > now ? next : now;
      if (Atomics.compareExchange(this.#nextSlot, 0, next, slot + this.#spacing) === next) return slot;
    }
  }
}
