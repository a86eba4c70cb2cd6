import type { Stage } from '../model/failure.js';
import { ProbeFailure } from './probe-failure.js';
import { readSleptTime } from './slept-time.js';

/** Limits that a probe of one endpoint keeps, over all the connections it makes. */
export interface ProbeLimits {
  /** For one TCP connect, milliseconds. */
  readonly connectTimeoutMs: number;
  /** For everything done at one endpoint together, milliseconds. */
  readonly timeoutMs: number;
}

/**
 * Received bytes that one endpoint may cost. A chain of 100 certificates or one with 10,000 names takes about 0.3 MB;
 * whoever sends more than this is not telling us about certificates.
 */
export const MAX_ENDPOINT_BYTES = 1024 * 1024;

/** The absolute deadline and the byte budget of one endpoint, shared by all its connections. */
export class Budget {
  readonly limits: ProbeLimits;
  /** On the `performance.now()` clock, which no clock change moves; it comes later by what the process sleeps. */
  readonly #deadlineAt: number;
  readonly #sleptBefore = readSleptTime();
  #bytesLeft = MAX_ENDPOINT_BYTES;

  constructor(limits: ProbeLimits) {
    this.limits = limits;
    this.#deadlineAt = performance.now() + limits.timeoutMs;
  }

  /** Milliseconds until the deadline, never negative. */
  get remainingMs(): number {
    const sleptMs = readSleptTime() - this.#sleptBefore;
    return Math.max(0, this.#deadlineAt + sleptMs - performance.now());
  }

  /** Books received bytes; false once the endpoint has sent more than its share. */
  spendBytes(count: number): boolean {
    this.#bytesLeft -= count;
    return this.#bytesLeft >= 0;
  }

  /** The failure of an endpoint whose deadline passed during `stage`. */
  timeoutFailure(stage: Stage): ProbeFailure {
    return new ProbeFailure(
      stage === 'connect' ? 'connect-timeout' : 'handshake-timeout',
      stage,
      'timeout',
      `no complete answer within ${this.limits.timeoutMs} ms`,
    );
  }
}
