import type { ProbeLimits } from '../../probe/budget.js';
import { probeEndpoint } from '../../probe/probe-endpoint.js';
import type { HttpProxy } from '../../probe/proxy.js';
import { createResolver } from '../../probe/resolver.js';
import { createReverseResolver } from '../../probe/reverse-resolver.js';
import { createNameFinder, type NameSource } from '../name-finder.js';
import type { EntryStages } from './observe-entry.js';

/** How endpoints are probed, as plain data that a worker can be sent. */
export interface StageData {
  /** UUIDv7 of the run. */
  readonly run: string;
  readonly limits: ProbeLimits;
  readonly handshake: 'hello' | 'full';
  readonly depth: 'certificate' | 'posture';
  /** Connections open to one address at a time at depth `posture`; absent: as many as the probe thinks right. */
  readonly connectionsPerAddress?: number;
  /** Where to learn names from; none: nowhere. */
  readonly names: readonly NameSource[];
  /** All connections lead through it; absent: straight to the endpoints. */
  readonly proxy?: HttpProxy;
  /** Whether a host whose name did not resolve is probed by that name, as the proxy may know it. */
  readonly probesUnresolved: boolean;
}

/** Makes the stages of an entry for one thread: a resolver and a name finder that remember, and the probe. */
export function makeStages(
  data: StageData,
  { judge, now, plan }: Pick<EntryStages, 'judge' | 'now' | 'plan'>,
): EntryStages {
  const { connectionsPerAddress, depth, handshake, limits, names, probesUnresolved, proxy, run } = data;
  const resolve = createResolver(limits.timeoutMs);
  const reverse = createReverseResolver({ timeoutMs: limits.timeoutMs, resolve });
  return {
    run,
    plan,
    resolve,
    probe(endpoint, signal, pace) {
      const { address } = endpoint;
      const connectTimeoutMs = address === null ? undefined : pace?.timeoutFor(address);
      return probeEndpoint(endpoint, {
        handshake,
        depth,
        connectionsAtOnce: connectionsPerAddress,
        proxy,
        limits: connectTimeoutMs === undefined ? limits : { timeoutMs: limits.timeoutMs, connectTimeoutMs },
        connected: pace && ((at, ms) => pace.connected(at, ms)),
        signal,
      });
    },
    judge,
    ...(names.length > 0 && { findNames: createNameFinder(names, reverse) }),
    probesUnresolved,
    now,
  };
}
