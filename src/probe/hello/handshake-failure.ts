import type { Handshake } from '../../model/handshake.js';
import { ProbeFailure } from '../probe-failure.js';

/** A handshake that failed after some of it had been read. */
export class HandshakeFailure extends ProbeFailure {
  /** What was learned before; null: nothing. */
  readonly handshake: Handshake | null;

  private constructor(failure: ProbeFailure, handshake: Handshake | null) {
    super(failure.outcome, failure.stage, failure.code, failure.message);
    this.handshake = handshake;
  }

  /** Adds to a failure what was learned before it. */
  static from(failure: ProbeFailure, handshake: Handshake | null = null): HandshakeFailure {
    return failure instanceof HandshakeFailure ? failure : new HandshakeFailure(failure, handshake);
  }
}
