import type { Endpoint } from './endpoint.js';
import type { Failure } from './failure.js';
import type { Handshake } from './handshake.js';
import type { Outcome } from './outcome.js';
import type { Posture } from './posture.js';

/** What probing one endpoint brought to light, whatever happened. */
export interface ProbeResult {
  readonly outcome: Outcome;
  /** Null exactly when the outcome is `tls`. */
  readonly failure: Failure | null;
  /** What was learned of a handshake, also of one that failed later; null: nothing. */
  readonly handshake: Handshake | null;
  /** How the server is set up; null or absent: it was not asked. */
  readonly posture?: Posture | null;
  /** Chains that it presents besides the handshake's, as sent; absent: none. */
  readonly otherChains?: readonly (readonly Uint8Array[])[];
  /** The protocol that was spoken; absent: the endpoint's own. */
  readonly protocol?: string;
  /** What the server said first in plain text: one printable line; absent: nothing. */
  readonly greeting?: string;
  /** What the server said in plain text where TLS should have begun: one printable line; absent: nothing. */
  readonly plaintextAfterGoAhead?: string;
}

/** Everything that one endpoint told us in one scan run. Immutable; judged later. */
export interface Observation extends Omit<ProbeResult, 'protocol'> {
  /** UUIDv7 of the scan run. */
  readonly run: string;
  /** UTC ISO-8601 with milliseconds: when the probe ended. */
  readonly observedAt: string;
  /** Its protocol is the one that was spoken. */
  readonly endpoint: Endpoint;
  /** The protocol that the plan had; absent: the endpoint's own. */
  readonly plannedProtocol?: string;
}
