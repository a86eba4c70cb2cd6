import * as checks from '../grade/checks/index.js';
import type { JudgeContext } from '../grade/judge.js';
import type { Policy } from '../grade/policy.js';
import type { Endpoint } from '../model/endpoint.js';
import type { Observation } from '../model/observation.js';

/** Stands where a host has to be named and none is known; an address has no name to be wrong about. */
const NOWHERE = '0.0.0.0';

const ENDPOINT_CHECKS_OFF = Object.fromEntries(
  Object.values(checks)
    .filter(({ subject }) => subject === 'endpoint')
    .map(({ id }) => [id, 'off'] as const),
);

/** The endpoint that would present a chain: a server called `host`, or, without one, a server without a name. */
export function makeChainEndpoint(host?: string): Endpoint {
  return { host: host ?? NOWHERE, address: null, port: 443, protocol: 'tls', serverName: host ?? null };
}

/** Makes an observation of a chain (DER) that no endpoint presented, so that it can be judged like any other. */
export function makeChainObservation(
  presented: readonly Uint8Array[],
  now: Date,
  host?: string,
): Observation {
  return {
    run: '',
    observedAt: now.toISOString(),
    endpoint: makeChainEndpoint(host),
    outcome: 'tls',
    failure: null,
    handshake: {
      version: 'TLSv1.3',
      cipherSuite: null,
      group: null,
      compression: null,
      presentedChain: presented,
      ocspResponse: null,
    },
  };
}

/** The context for such observations: what only a live endpoint can have wrong with it is left out. */
export function toChainContext<Context extends Pick<JudgeContext, 'policy'>>(
  context: Context,
  host?: string,
): Context {
  const { policy } = context;
  const ofChains: Policy = {
    ...policy,
    demandAddressNames: policy.demandAddressNames && host !== undefined,
    findings: { ...policy.findings, ...ENDPOINT_CHECKS_OFF },
  };
  return { ...context, policy: ofChains };
}
