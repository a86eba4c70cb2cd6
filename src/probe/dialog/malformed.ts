import { ProbeFailure } from '../probe-failure.js';

/** The failure of a server that speaks the protocol but breaks its rules. */
export function malformed(detail: string): ProbeFailure {
  return new ProbeFailure('malformed', 'starttls', 'malformed', detail);
}
