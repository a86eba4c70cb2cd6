import type { Endpoint } from '../../model/endpoint.js';
import type { Judgement } from '../../model/judgement.js';
import type { Observation, ProbeResult } from '../../model/observation.js';
import type { Resolution } from '../../probe/resolve-host.js';
import type { JudgedObservation } from '../../store/save-observations.js';
import type { NameFinder } from '../name-finder.js';
import { judgeSafely } from './judge-safely.js';
import type { ProbePace } from './probe-pace.js';
import type { ProbeSlots } from './probe-slots.js';

/** What the engine needs of a plan: a finite numbered list of endpoints, and what must not be touched. */
export interface ScanPlan {
  readonly size: number;
  endpointAt(index: number): Endpoint;
  isExcluded(address: string, port: number, protocol: string, serverName: string | null): boolean;
}

/** The stages that an entry of the plan goes through. */
export interface EntryStages {
  readonly run: string;
  readonly plan: ScanPlan;
  resolve(name: string, signal: AbortSignal): Promise<Resolution>;
  /** Never rejects: whatever happens at an endpoint is a result. `pace` says how long a connect may take, and hears how long it took. */
  probe(
    endpoint: Endpoint,
    signal: AbortSignal,
    pace?: Pick<ProbePace, 'connected' | 'timeoutFor'>,
  ): Promise<ProbeResult>;
  judge(observation: Observation): Judgement;
  /** Names to try at an endpoint that was reached without one; each that is not excluded becomes an observation. */
  findNames?: NameFinder;
  /** Whether a host whose name did not resolve may be probed by that name, as a proxy may know it. */
  readonly probesUnresolved?: boolean;
  /** The wall clock, for the time of each observation. */
  now(): Date;
}

/** Observes all endpoints of one entry; null: the signal came first. */
export type ObserveEntry = (entry: Endpoint) => Promise<readonly JudgedObservation[] | null>;

/** Makes the function that takes entries through the stages: all that belongs to one is made known together or not at all. */
export function makeObserveEntry(
  stages: EntryStages,
  slots: ProbeSlots,
  pace: ProbePace,
  signal: AbortSignal,
): ObserveEntry {
  const { plan } = stages;

  async function observeHost(entry: Endpoint): Promise<readonly JudgedObservation[] | null> {
    const resolved = await resolve(entry);
    if (resolved === null) return null;
    if (resolved.failed !== null) {
      if (stages.probesUnresolved && resolved.failed.outcome === 'unresolved') return observe(entry);
      return [judge(entry, resolved.failed)];
    }
    const all: JudgedObservation[] = [];
    for (const address of resolved.addresses) {
      const observed = await observe({ ...entry, address });
      if (observed === null) return null;
      all.push(...observed);
    }
    return all;
  }

  /** Observes an endpoint and what names lead to there. */
  function observe(endpoint: Endpoint): Promise<readonly JudgedObservation[] | null> {
    if (isExcluded(endpoint)) {
      const detail = `${endpoint.host} resolves to ${endpoint.address}, which is excluded`;
      const failure = { stage: 'resolve', code: 'excluded', detail } as const;
      return Promise.resolve([judge(endpoint, { outcome: 'cancelled', failure, handshake: null })]);
    }
    if (stages.findNames && endpoint.serverName === null) return observeNames(endpoint, stages.findNames);
    return probe(endpoint).then(alone);
  }

  async function observeNames(
    endpoint: Endpoint,
    findNames: NameFinder,
  ): Promise<readonly JudgedObservation[] | null> {
    const judged = await probe(endpoint);
    if (judged === null || judged.observation.outcome === 'cancelled') return alone(judged);
    const names = await findNames(judged.observation, judged.judgement, signal);
    if (signal.aborted) return null;
    const all = [judged];
    for (const name of names) {
      const named = { ...judged.observation.endpoint, host: name, serverName: name };
      if (isExcluded(named)) continue;
      const other = await probe(named);
      if (other === null) return null;
      all.push(other);
    }
    return all;
  }

  async function resolve(entry: Endpoint): Promise<Resolution | null> {
    for (let attempt = 1; ; ) {
      const beganAt = performance.now();
      const resolution = await stages.resolve(entry.host, signal);
      if (signal.aborted) return null;
      if (resolution.failed === null) return resolution;
      const again = await pace.weigh(entry, resolution.failed, attempt, beganAt);
      if (again === null) return resolution;
      if (!(await slots.rest(again.afterMs))) return null;
      if (again.isAttempt) attempt += 1;
    }
  }

  async function probe(endpoint: Endpoint): Promise<JudgedObservation | null> {
    let afterMs = 0;
    for (let attempt = 1; ; ) {
      const before = pace.giveUp(endpoint);
      if (before !== null) return judge(endpoint, before);
      if (!(await slots.enter(endpoint, afterMs))) return null;
      // Others of the same address may have ended while this one waited for its turn.
      const meanwhile = pace.giveUp(endpoint);
      if (meanwhile !== null) {
        slots.leave(endpoint);
        return judge(endpoint, meanwhile);
      }
      const beganAt = performance.now();
      const result = await stages.probe(endpoint, signal, pace);
      slots.leave(endpoint);
      if (signal.aborted && result.outcome === 'cancelled') return null;
      const again = await pace.weigh(endpoint, result, attempt, beganAt);
      if (again === null) return judge(endpoint, result);
      afterMs = again.afterMs;
      if (again.isAttempt) attempt += 1;
    }
  }

  function isExcluded({ address, port, protocol, serverName }: Endpoint): boolean {
    return address !== null && plan.isExcluded(address, port, protocol, serverName);
  }

  function judge(
    planned: Endpoint,
    { protocol = planned.protocol, ...result }: ProbeResult,
  ): JudgedObservation {
    const observation: Observation = {
      run: stages.run,
      observedAt: stages.now().toISOString(),
      endpoint: protocol === planned.protocol ? planned : { ...planned, protocol },
      ...(protocol !== planned.protocol && { plannedProtocol: planned.protocol }),
      ...result,
    };
    return judgeSafely(stages.judge, observation);
  }

  // Thousands of entries wait for silent addresses at a time: as few functions as can be wait for each.
  return (entry) => (entry.address === null ? observeHost(entry) : observe(entry));
}

function alone(judged: JudgedObservation | null): readonly JudgedObservation[] | null {
  return judged && [judged];
}
