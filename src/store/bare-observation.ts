import type { JudgedObservation } from './save-observations.js';

/**
 * Whether all that an observation says is how the probe of an address ended, so that it can be packed as long as the
 * endpoint has never said more.
 */
export function isBareObservation({ observation, judgement }: JudgedObservation): boolean {
  const { endpoint, greeting, handshake, otherChains, plaintextAfterGoAhead, plannedProtocol, posture } =
    observation;
  return (
    handshake === null &&
    endpoint.address !== null &&
    endpoint.host === endpoint.address &&
    endpoint.serverName === null &&
    (plannedProtocol === undefined || plannedProtocol === endpoint.protocol) &&
    greeting === undefined &&
    plaintextAfterGoAhead === undefined &&
    (posture === undefined || posture === null) &&
    (otherChains === undefined || otherChains.length === 0) &&
    judgement.findings.length === 0 &&
    judgement.path.status === 'none' &&
    judgement.revocations === undefined
  );
}
