import type { ProbeResult } from '../model/observation.js';

/**
 * Errno names of a connect that has no way out of this machine. EADDRNOTAVAIL is that of an IPv6 connect from a machine
 * that has no IPv6 address. EHOSTUNREACH is also that of a silent neighbour or of a router on the way: `hasRoute` tells
 * these apart.
 */
const MISSING: ReadonlySet<string> = new Set(['ENETUNREACH', 'ENETDOWN', 'EADDRNOTAVAIL', 'EHOSTUNREACH']);

/** Whether a probe may have failed because this machine had no route to the address; `hasRoute` makes sure. */
export function isRouteMissing({ outcome, failure }: ProbeResult): boolean {
  return outcome === 'unreachable' && failure?.stage === 'connect' && MISSING.has(failure.code);
}
