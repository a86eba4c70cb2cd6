/** Smoothing of RFC 6298, section 2: one eighth of a new round trip, one quarter of its deviation, four deviations. */
const ALPHA = 1 / 8;
const BETA = 1 / 4;
const K = 4;

/**
 * A round trip of this much or more may be that of a SYN sent again after a second (RFC 6298, section 2.1), of which one
 * cannot know which copy was answered. Karn's rule (section 3 there): it is no sample of the round trip.
 */
const AMBIGUOUS_MS = 1000;

/** What is known of the time that some addresses take to answer. */
export interface RoundTrip {
  /** Answers seen. */
  readonly count: number;
  /** What an answer may be expected to take at most: the smoothed round trip and four deviations, milliseconds. */
  readonly expectedMs: number;
  /** What the slowest of the last answers took, milliseconds. */
  readonly slowestMs: number;
  add(ms: number): void;
}

/** Makes an estimate of which nothing is known, that remembers `memory` answers as they were. */
export function createRoundTrip(memory: number): RoundTrip {
  const last = new Float64Array(memory);
  let count = 0;
  let samples = 0;
  let smoothed = 0;
  let deviation = 0;
  return {
    get count() {
      return count;
    },
    get expectedMs() {
      return smoothed + K * deviation;
    },
    get slowestMs() {
      return last.reduce((slowest, ms) => Math.max(slowest, ms), 0);
    },
    add(ms) {
      last[count % memory] = ms;
      count += 1;
      if (ms >= AMBIGUOUS_MS) return;
      if (samples === 0) {
        smoothed = ms;
        deviation = ms / 2;
      } else {
        deviation += BETA * (Math.abs(smoothed - ms) - deviation);
        smoothed += ALPHA * (ms - smoothed);
      }
      samples += 1;
    },
  };
}
