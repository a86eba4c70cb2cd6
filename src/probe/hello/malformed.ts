import { ProbeFailure } from '../probe-failure.js';

/** The failure of a peer that speaks TLS, but wrongly. */
export function malformed(detail: string): ProbeFailure {
  return new ProbeFailure('malformed', 'handshake', 'malformed', detail);
}
