import pLimit from 'p-limit';
import type { Endpoint } from '../model/endpoint.js';
import type { Judgement } from '../model/judgement.js';
import type { Observation, ProbeResult } from '../model/observation.js';
import type { Revocations } from '../model/revocation.js';
import type { Resolution } from '../probe/resolve-host.js';
import type { JudgedObservation } from '../store/save-observations.js';
import { BatchWriter } from './batch-writer.js';
import type { NameFinder } from './name-finder.js';
import { TokenBucket } from './token-bucket.js';

/** What the engine needs of a plan: a finite numbered list of endpoints, and what must not be touched. */
export interface ScanPlan {
  readonly size: number;
  endpointAt(index: number): Endpoint;
  isExcluded(address: string, port: number, protocol: string, serverName: string | null): boolean;
}

/** The stages that the engine joins, and how hard it may work. */
export interface ScanOptions {
  readonly run: string;
  readonly plan: ScanPlan;
  resolve(name: string, signal: AbortSignal): Promise<Resolution>;
  /** Never rejects: whatever happens at an endpoint is a result. */
  probe(endpoint: Endpoint, signal: AbortSignal): Promise<ProbeResult>;
  judge(observation: Observation, revocations?: Revocations): Judgement;
  /** Asks CAs about the certificates of an observation, which is judged anew with what they say; absent: nobody asks. */
  findRevocations?(observation: Observation, judgement: Judgement, signal: AbortSignal): Promise<Revocations>;
  /** Names to try at an endpoint that was reached without one; each that is not excluded becomes an observation. */
  findNames?: NameFinder;
  /** Whether a host whose name did not resolve may be probed by that name, as a proxy may know it. */
  readonly probesUnresolved?: boolean;
  /** Stores a batch whole or throws; the scan ends when it throws. */
  save(batch: readonly JudgedObservation[]): Promise<void>;
  /** Told of each observation as soon as it is judged. */
  observed?(judged: JudgedObservation): void;
  /** Told how many plan entries are done, whenever one more is. */
  progressed?(entriesDone: number): void;
  /** Whether an earlier part of this run has probed the endpoint already. */
  isDone?(endpoint: Endpoint): Promise<boolean>;
  /** Endpoints in flight at once. */
  readonly concurrency: number;
  /** New endpoints a second; null: as fast as concurrency allows. */
  readonly ratePerSecond: number | null;
  readonly signal: AbortSignal;
  /** The wall clock, for the time of each observation. */
  now(): Date;
}

/** How a scan ended. */
export interface ScanEnd {
  /** Plan entries that are finished, with those of earlier parts of a resumed run. */
  readonly entriesDone: number;
  /** Observations made and saved by this call. */
  readonly observations: number;
  /** How many of them tried a name that became known on the way. */
  readonly byName: number;
  /** Endpoints found done already and left alone. */
  readonly skipped: number;
  /** True when the signal stopped it before the plan's end. */
  readonly interrupted: boolean;
}

/**
 * Observations that wait for answers about revocation while others are probed. Each is a chain and a promise; at the
 * normal pace these are some seconds' worth, beyond which probing waits too.
 */
const MAX_HELD_BACK = 2000;

/**
 * Walks the plan, probes, judges and saves. A fixed number of lanes each take the next entry when they are free, so
 * one slow endpoint holds back nobody and memory does not depend on the size of the plan. What was in flight when the
 * signal came is dropped, not recorded: nothing is known of it.
 */
export async function runScan(options: ScanOptions): Promise<ScanEnd> {
  const { plan } = options;
  const stop = new AbortController();
  const signal = AbortSignal.any([options.signal, stop.signal]);
  const bucket = options.ratePerSecond === null ? null : new TokenBucket(options.ratePerSecond);
  const slots = options.findRevocations ? pLimit(options.concurrency) : null;
  const writer = new BatchWriter<JudgedObservation>((batch) => options.save(batch));
  let next = 0;
  let entriesDone = 0;
  let observations = 0;
  let byName = 0;
  let skipped = 0;

  async function lane(): Promise<void> {
    while (next < plan.size && !signal.aborted) {
      const entry = plan.endpointAt(next);
      next += 1;
      if (await finish(entry)) {
        entriesDone += 1;
        options.progressed?.(entriesDone);
      }
      await writer.ready();
    }
  }

  /** Observes all endpoints of one entry; false when it was stopped before the last. */
  async function finish(entry: Endpoint): Promise<boolean> {
    if (await options.isDone?.(entry)) {
      skipped += 1;
      return true;
    }
    if (entry.address !== null) return observe(entry);
    const resolved = await options.resolve(entry.host, signal);
    if (signal.aborted) return false;
    if (resolved.failed !== null) {
      if (options.probesUnresolved && resolved.failed.outcome === 'unresolved') return observe(entry);
      keep(judge(entry, resolved.failed), false);
      return true;
    }
    for (const address of resolved.addresses) {
      const endpoint = { ...entry, address };
      if (await options.isDone?.(endpoint)) skipped += 1;
      else if (!(await observe(endpoint))) return false;
    }
    return true;
  }

  /** Observes an endpoint and what names lead to there, all or nothing, so that a resumed run knows what is done. */
  async function observe(endpoint: Endpoint): Promise<boolean> {
    if (isExcluded(endpoint)) {
      const detail = `${endpoint.host} resolves to ${endpoint.address}, which is excluded`;
      const failure = { stage: 'resolve', code: 'excluded', detail } as const;
      keep(judge(endpoint, { outcome: 'cancelled', failure, handshake: null }), false);
      return true;
    }
    const judged = await probe(endpoint);
    if (judged === null) return false;
    const others: JudgedObservation[] = [];
    for (const named of await endpointsByName(judged)) {
      const other = await probe(named);
      if (other === null) return false;
      others.push(other);
    }
    if (signal.aborted) return false;
    keep(judged, false);
    for (const other of others) keep(other, true);
    return true;
  }

  /** Null: stopped. */
  async function probe(endpoint: Endpoint): Promise<JudgedObservation | null> {
    const result = await (slots ? slots(() => probeInTurn(endpoint)) : probeInTurn(endpoint));
    if (result === null || (result.outcome === 'cancelled' && signal.aborted)) return null;
    const judged = judge(endpoint, result);
    if (!options.findRevocations || judged.judgement.path.status === 'none') return judged;
    const { observation } = judged;
    const revocations = await options.findRevocations(observation, judged.judgement, signal);
    if (signal.aborted) return null;
    return revocations.size === 0 ? judged : judgeObservation(observation, revocations);
  }

  async function probeInTurn(endpoint: Endpoint): Promise<ProbeResult | null> {
    if (bucket) await bucket.take(signal);
    return signal.aborted ? null : options.probe(endpoint, signal);
  }

  async function endpointsByName({ observation, judgement }: JudgedObservation): Promise<Endpoint[]> {
    const { endpoint } = observation;
    if (endpoint.serverName !== null || !options.findNames) return [];
    const names = await options.findNames(observation, judgement, signal);
    return names
      .map((name) => ({ ...endpoint, host: name, serverName: name }))
      .filter((named) => !isExcluded(named));
  }

  function isExcluded({ address, port, protocol, serverName }: Endpoint): boolean {
    return address !== null && plan.isExcluded(address, port, protocol, serverName);
  }

  function keep(judged: JudgedObservation, isByName: boolean): void {
    observations += 1;
    if (isByName) byName += 1;
    writer.add(judged);
    options.observed?.(judged);
  }

  function judge(
    planned: Endpoint,
    { protocol = planned.protocol, ...result }: ProbeResult,
  ): JudgedObservation {
    const observation: Observation = {
      run: options.run,
      observedAt: options.now().toISOString(),
      endpoint: { ...planned, protocol },
      ...(protocol !== planned.protocol && { plannedProtocol: planned.protocol }),
      ...result,
    };
    return judgeObservation(observation);
  }

  /** The one place that catches our own faults: the endpoint becomes `internal`, with the stack, and the scan goes on. */
  function judgeObservation(observation: Observation, revocations?: Revocations): JudgedObservation {
    try {
      return { observation, judgement: options.judge(observation, revocations) };
    } catch (error) {
      const failure = { stage: 'judge', code: 'fault', detail: describeFault(error) } as const;
      const nothing = { handshake: null, posture: null, otherChains: [] };
      const faulty: Observation = { ...observation, outcome: 'internal', failure, ...nothing };
      return { observation: faulty, judgement: options.judge(faulty) };
    }
  }

  const width = options.concurrency + (slots ? MAX_HELD_BACK : 0);
  const lanes = Array.from({ length: Math.min(width, plan.size) }, () => lane());
  try {
    await Promise.all(lanes);
  } catch (error) {
    stop.abort();
    await Promise.allSettled(lanes);
    throw error;
  } finally {
    await writer.close();
  }
  return { entriesDone, observations, byName, skipped, interrupted: entriesDone < plan.size };
}

function describeFault(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
