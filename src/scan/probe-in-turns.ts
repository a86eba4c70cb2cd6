import type { Endpoint } from '../model/endpoint.js';
import type { ProbeResult } from '../model/observation.js';

/** Probes one endpoint; never rejects. */
export type Probe = (endpoint: Endpoint, signal: AbortSignal) => Promise<ProbeResult>;

/**
 * Makes a probe that is busy with one endpoint of an address at a time: its other ports and names wait for their turn, so
 * that the connections of one probe are all that a device has to bear. The time of an endpoint begins with its turn.
 */
export function probeInTurns(probe: Probe): Probe {
  const latest = new Map<string, Promise<ProbeResult>>();
  return async (endpoint, signal) => {
    const { address } = endpoint;
    if (address === null) return probe(endpoint, signal);
    const before = latest.get(address);
    const turn = before ? before.then(() => probe(endpoint, signal)) : probe(endpoint, signal);
    latest.set(address, turn);
    try {
      return await turn;
    } finally {
      if (latest.get(address) === turn) latest.delete(address);
    }
  };
}
