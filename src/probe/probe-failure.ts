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
    super(detail);
    this.outcome = outcome;
    this.stage = stage;
    this.code = code;
  }

  toFailure(): Failure {
    return { stage: this.stage, code: this.code, detail: this.message };
  }
}
