import pLimit from 'p-limit';
import type { Endpoint } from '../model/endpoint.js';
import type { Judgement } from '../model/judgement.js';
import type { Observation } from '../model/observation.js';
import type { ProbeLimits } from '../probe/budget.js';
import { probeEndpoint } from '../probe/probe-endpoint.js';
import { createResolver } from '../probe/resolver.js';
import type { JudgedObservation } from '../store/save-observations.js';
import { type Probe, probeInTurns } from './probe-in-turns.js';
import { runScan } from './run-scan.js';

/** Endpoints in flight at once: a check is about one server or a few, and thorough with each. */
const CONCURRENCY = 8;

/** What to check, and with what. */
export interface CheckRequest {
  /** UUIDv7 that the observations carry. */
  readonly run: string;
  /** Hosts that are names are resolved, and checked at each of their addresses. */
  readonly entries: readonly Endpoint[];
  readonly limits: ProbeLimits;
  /** `posture`: also how the server is set up. */
  readonly depth: 'certificate' | 'posture';
  judge(observation: Observation): Judgement;
  /** Keeps what was observed; throws where that fails. */
  save(batch: readonly JudgedObservation[]): Promise<void>;
  readonly signal: AbortSignal;
  now(): Date;
}

/** Checks endpoints a few at a time and yields what was found in the order asked for; less when the signal aborts. */
export async function* checkEndpoints(request: CheckRequest): AsyncGenerator<JudgedObservation> {
  const { depth, limits, now, run, signal } = request;
  const lanes = pLimit(CONCURRENCY);
  const resolve = createResolver(limits.timeoutMs);
  const ask: Probe = (endpoint) => probeEndpoint(endpoint, { limits, depth, handshake: 'hello', signal });
  const probe = depth === 'posture' ? probeInTurns(ask) : ask;

  async function check(entry: Endpoint): Promise<JudgedObservation[]> {
    const found: JudgedObservation[] = [];
    await runScan({
      run,
      plan: { size: 1, endpointAt: () => entry, isExcluded: () => false },
      resolve,
      probe,
      judge: (observation) => request.judge(observation),
      save: (entries) => request.save(entries.flatMap(({ observations }) => observations)),
      observed: (judged) => found.push(judged),
      concurrency: 1,
      ratePerSecond: null,
      signal,
      now,
    });
    return found;
  }

  // Settled one by one: a failure is thrown when its turn comes, and not before anybody listens.
  const checks = request.entries.map((entry) => Promise.allSettled([lanes(() => check(entry))]));
  for (const each of checks) {
    const [settled] = await each;
    if (settled.status === 'rejected') throw settled.reason;
    yield* settled.value;
  }
}
