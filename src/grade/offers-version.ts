import type { TlsVersion } from '../model/posture.js';
import type { EndpointFacts } from './endpoint-facts.js';

/** Whether a server is known to offer a version: its posture says so, or it agreed on it. */
export function offersVersion({ handshake, posture }: EndpointFacts, version: TlsVersion): boolean {
  return posture?.versions[version] === true || handshake?.version === version;
}
