import type { Endpoint } from '../model/endpoint.js';
import type { Judgement } from '../model/judgement.js';
import type { Observation } from '../model/observation.js';
import type { Outcome } from '../model/outcome.js';
import type { Revocations } from '../model/revocation.js';
import type { ScanRunState } from '../model/scan-run.js';
import { probeEndpoint } from '../probe/probe-endpoint.js';
import type { HttpProxy } from '../probe/proxy.js';
import { createResolver } from '../probe/resolver.js';
import { createReverseResolver } from '../probe/reverse-resolver.js';
import type { Inventory } from '../store/inventory.js';
import type { JudgedObservation } from '../store/save-observations.js';
import type { Plan } from '../targets/plan.js';
import type { PathSearch } from '../x509/path.js';
import type { IssuerSearch } from './issuer-search.js';
import { judgeIncomplete } from './judge-incomplete.js';
import { createNameFinder, type NameSource } from './name-finder.js';
import { type Probe, probeInTurns } from './probe-in-turns.js';
import { createRevocationStage, type RevocationStage } from './revocation-stage.js';
import { runScan, type ScanEnd } from './run-scan.js';
import type { Pace } from './speed.js';

/** All that a scan run needs. The world (clock, inventory, signal) comes in from outside. */
export interface ScanRequest {
  /** UUIDv7 of the run. */
  readonly run: string;
  readonly plan: Plan;
  /** Kept with the run: enough to make the same plan again. */
  readonly definition: Readonly<Record<string, unknown>>;
  /** Goes on with a run that the inventory holds: what it has observed is not probed again. */
  readonly resumed: boolean;
  readonly pace: Pace;
  readonly handshake: 'hello' | 'full';
  /** Default: `certificate`. */
  readonly depth?: 'certificate' | 'posture';
  /** Connections open to one address at a time at depth `posture`; default 4. */
  readonly connectionsPerAddress?: number;
  /** Where to learn names from that are tried besides those of the plan; absent: nowhere. */
  readonly names?: readonly NameSource[];
  /** All connections lead through it; absent: straight to the endpoints. */
  readonly proxy?: HttpProxy;
  judge(observation: Observation, revocations?: Revocations): Judgement;
  /** Whether CAs are asked if certificates were revoked, straight even where there is a proxy; absent: they are not. */
  readonly revocation?: {
    /** Whether addresses that are not of the public Internet may be asked. */
    readonly allowPrivate: boolean;
    searchPath(observation: Observation): PathSearch | null;
  };
  /** Finds certificates that servers do not send; absent: each observation is judged by what is known before. */
  readonly issuers?: Pick<IssuerSearch, 'finish' | 'learn'>;
  readonly inventory: Inventory;
  readonly signal: AbortSignal;
  /** Told of each observation as soon as it is judged, but not of those that are judged again at the end. */
  observed?(judged: JudgedObservation): void;
  /** Told of each observation that is to be judged again at the end, with what it is judged for the time being. */
  postponed?(judged: JudgedObservation): void;
  /** Told of each postponed observation when its judgement is final. */
  settled?(judged: JudgedObservation): void;
  /** Told how many plan entries are done, whenever one more is. */
  progressed?(entriesDone: number): void;
  /** Called before each batch is stored; a promise holds the scan back (a slow reader of our output). */
  drain?(): Promise<void>;
  now(): Date;
}

/**
 * Executes one scan run from start to end: every endpoint of the plan is observed once, judged and stored in the
 * inventory. Stops early when the signal aborts. Throws InventoryError when results cannot be stored: what was stored
 * before stays whole, and the run can be resumed.
 */
export async function scan(request: ScanRequest): Promise<ScanEnd> {
  const { inventory, pace, plan, run } = request;
  if (!request.resumed) {
    await inventory.startRun({
      id: run,
      definition: request.definition,
      startedAt: request.now().toISOString(),
      endedAt: null,
      state: 'running',
      planSize: plan.size,
      counts: {},
    });
  }
  const done = new Set<string>();
  if (request.resumed)
    for await (const endpoint of inventory.observedEndpoints(run)) done.add(keyOf(endpoint));
  let state: ScanRunState = 'failed';
  const { connectionsPerAddress, depth = 'certificate', handshake, names = [], proxy } = request;
  const { issuers } = request;
  const { limits } = pace;
  const resolve = createResolver(limits.timeoutMs);
  const stage = openRevocationStage(request);
  const probe: Probe = (endpoint, signal) =>
    probeEndpoint(endpoint, {
      limits,
      handshake,
      depth,
      signal,
      ...(connectionsPerAddress !== undefined && { connectionsAtOnce: connectionsPerAddress }),
      ...(proxy && { proxy }),
    });
  const reverse = createReverseResolver({ timeoutMs: limits.timeoutMs, resolve });
  try {
    const end = await runScan({
      run,
      plan,
      resolve,
      probe: depth === 'posture' ? probeInTurns(probe) : probe,
      ...(names.length > 0 && { findNames: createNameFinder(names, reverse) }),
      probesUnresolved: proxy !== undefined && !excludesAddresses(plan),
      judge: (observation, revocations) => request.judge(observation, revocations),
      ...(stage && { findRevocations: findRevocations(request, stage) }),
      save: async (batch) => {
        await request.drain?.();
        await inventory.saveBatch(batch);
      },
      observed: (judged) => {
        if (issuers?.learn(judged) === false) request.postponed?.(judged);
        else request.observed?.(judged);
      },
      ...(request.progressed && { progressed: request.progressed }),
      ...(request.resumed && { isDone: async (endpoint: Endpoint) => done.has(keyOf(endpoint)) }),
      concurrency: pace.concurrency,
      ratePerSecond: pace.ratePerSecond,
      signal: request.signal,
      now: request.now,
    });
    if (issuers) {
      const fetched = await issuers.finish();
      if (fetched.length > 0) await inventory.saveCertificates(fetched);
      await judgeIncomplete({
        inventory,
        run,
        judge: (observation) => judgeWhole(request, stage, observation),
        settled: (judged) => {
          // An earlier part of a resumed run has told what it came to know.
          if (!done.has(keyOf(plannedEndpoint(judged.observation)))) request.settled?.(judged);
        },
        ...(request.drain && { drain: request.drain }),
        now: request.now,
      });
    }
    state = end.interrupted ? 'interrupted' : 'completed';
    return end;
  } finally {
    stage?.close();
    const counts: Partial<Record<Outcome, number>> = await inventory.countOutcomes(run);
    await inventory.finishRun(run, { endedAt: request.now().toISOString(), state, counts });
  }
}

function openRevocationStage({ revocation, plan, inventory, now }: ScanRequest): RevocationStage | null {
  if (!revocation) return null;
  return createRevocationStage({
    allowPrivate: revocation.allowPrivate,
    isForbidden: (address, port) => plan.isExcluded(address, port, 'tls', null),
    memory: inventory,
    now,
  });
}

/** Judges with what CAs say of the certificates, where they are asked. */
async function judgeWhole(
  request: ScanRequest,
  stage: RevocationStage | null,
  observation: Observation,
): Promise<Judgement> {
  const judgement = request.judge(observation);
  if (!stage) return judgement;
  const revocations = await findRevocations(request, stage)(observation, judgement, request.signal);
  return revocations.size === 0 ? judgement : request.judge(observation, revocations);
}

/** What a server has stapled is not asked for again. */
function findRevocations({ revocation }: ScanRequest, stage: RevocationStage) {
  return async (
    observation: Observation,
    { stapledOcsp }: Judgement,
    signal: AbortSignal,
  ): Promise<Revocations> => {
    const search = revocation?.searchPath(observation) ?? null;
    const isStapled = stapledOcsp === 'good' || stapledOcsp === 'revoked';
    return search === null ? new Map() : stage.ask(search, isStapled, signal);
  };
}

/** A name that only the proxy can resolve might lead to an excluded address, and nobody here would know. */
function excludesAddresses({ spec }: Plan): boolean {
  return (spec.excludes ?? []).some(({ hosts }) => !('name' in hosts));
}

function plannedEndpoint({ endpoint, plannedProtocol }: Observation): Endpoint {
  return { ...endpoint, protocol: plannedProtocol ?? endpoint.protocol };
}

function keyOf({ host, address, port, protocol, serverName }: Endpoint): string {
  return `${host} ${address ?? ''} ${port} ${protocol} ${serverName ?? ''}`;
}
