import type { Failure, Stage } from '../model/failure.js';
import type { Outcome } from '../model/outcome.js';

/**
 * The network's answer when it was not the one hoped for. Thrown inside `probe` only; `probeEndpoint` turns it into
 * a value, so nothing outside ever catches it.
 */
export class ProbeFailure extends Error {
  override readonly name = 'ProbeFailure';
  readonly outcome: Exclude<Outcome, 'tls'>;
  readonly stage: Stage;
  readonly code: string;

  constructor(outcome: Exclude<Outcome, 'tls'>, stage: Stage, code: string, detail: string) {
    // A closed port is no fault of ours: its stack would say nothing, and cost more than connecting did.
    const { stackTraceLimit } = Error;
    Error.stackTraceLimit = 0;
    super(detail);
    Error.stackTraceLimit = stackTraceLimit;
    this.outcome = outcome;
    this.stage = stage;
    this.code = code;
  }

  toFailure(): Failure {
    return { stage: this.stage, code: this.code, detail: this.message };
  }
}
