import type { JudgedObservation } from '../../store/save-observations.js';

/** Bytes for which an entry counts as one more: the chain of an ordinary server. */
const BYTES_OF_A_UNIT = 4096;

/**
 * How much a finished entry counts against what may wait to be stored: 1 for most, and more for those that sent much,
 * so that hostile servers cannot fill the memory. Both sides of a thread come to the same figure.
 */
export function entryWeight(observations: readonly JudgedObservation[]): number {
  let bytes = 0;
  for (const { observation } of observations) {
    const { handshake, otherChains } = observation;
    if (handshake === null) continue;
    bytes += handshake.ocspResponse?.length ?? 0;
    for (const der of handshake.presentedChain) bytes += der.length;
    if (otherChains) for (const chain of otherChains) for (const der of chain) bytes += der.length;
  }
  return 1 + Math.floor(bytes / BYTES_OF_A_UNIT);
}
