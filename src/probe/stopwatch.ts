/*
 * Why a pulse: an answer is noticed when the event loop comes round to it. While this process is busy, or was not given the
 * processor, an answer lies waiting, and the time until it is seen says nothing of the network. A timer that ought to fire
 * at even intervals shows such times: it is late whenever the loop was.
 */

/** Measures one span of time on the network. It must be stopped. */
export interface Stopwatch {
  /** Milliseconds since the start; null: this process was late meanwhile, and they mean nothing. */
  stop(): number | null;
}

/** Short against the half second that connect timeouts have to spare, long enough to cost nothing. */
const PULSE_MS = 20;

/** How late the loop may be: an error of this much in a round trip lengthens a timeout a little, and harms nobody. */
const MAX_LATE_MS = 50;

/** One pulse for all stopwatches of the thread; it beats only while one of them runs. */
let timer: NodeJS.Timeout | undefined;
let running = 0;
let pulseAt = 0;
let lateAt = Number.NEGATIVE_INFINITY;

/** Starts to measure. */
export function startStopwatch(): Stopwatch {
  return new PulseStopwatch();
}

/** A connect has one, so it is a single object. */
class PulseStopwatch implements Stopwatch {
  readonly #startedAt = performance.now();
  #isRunning = true;

  constructor() {
    if (running === 0) {
      pulseAt = this.#startedAt;
      timer = setInterval(() => notePulse(performance.now()), PULSE_MS).unref();
    }
    running += 1;
  }

  stop(): number | null {
    if (!this.#isRunning) return null;
    this.#isRunning = false;
    running -= 1;
    if (running === 0) clearInterval(timer);
    const now = performance.now();
    if (isLate(now) || lateAt >= this.#startedAt) return null;
    return now - this.#startedAt;
  }
}

function notePulse(now: number): void {
  if (isLate(now)) lateAt = now;
  pulseAt = now;
}

function isLate(now: number): boolean {
  return now - pulseAt > PULSE_MS + MAX_LATE_MS;
}
