import type { ProbeResult } from '../model/observation.js';

/**
 * Errno names that mean that this machine, not the peer, is at its limit: descriptors of the process, descriptors of the
 * system, buffers, memory, local ports.
 */
export const LOCAL_LIMITS: ReadonlySet<string> = new Set([
  'EMFILE',
  'ENFILE',
  'ENOBUFS',
  'ENOMEM',
  'EADDRNOTAVAIL',
]);

/**
 * Whether a probe failed because this machine was at a limit of its own, so that the result says nothing of the endpoint.
 * EADDRNOTAVAIL is only one where the outcome is `internal`: elsewhere it means that there is no IPv6 here.
 */
export function isLocalLimit({ outcome, failure }: ProbeResult): boolean {
  return outcome === 'internal' && failure !== null && LOCAL_LIMITS.has(failure.code);
}
