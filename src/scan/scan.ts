import type { Failure } from '../model/failure.js';
import type { Judgement } from '../model/judgement.js';
import type { Observation } from '../model/observation.js';
import type { PlanSelection } from '../model/plan-selection.js';
import type { Revocations } from '../model/revocation.js';
import type { RunProgress } from '../model/run-progress.js';
import type { ScanRun } from '../model/scan-run.js';
import { UsageError } from '../model/usage-error.js';
import type { HttpProxy } from '../probe/proxy.js';
import type { FinishedEntry } from '../store/finished-entry.js';
import type { Inventory } from '../store/inventory.js';
import type { RunsReplaced } from '../store/replace-runs.js';
import type { TagsOf } from '../store/save-found-tags.js';
import type { JudgedObservation } from '../store/save-observations.js';
import type { Plan } from '../targets/plan.js';
import type { PathSearch } from '../x509/path.js';
import { digestPlan } from './engine/digest-plan.js';
import { MAX_DEATHS } from './engine/handed-places.js';
import type { JudgeData } from './engine/judge-data.js';
import { makeStages, type StageData } from './engine/make-stages.js';
import type { PaceNews } from './engine/pace-desk.js';
import { toPlanData } from './engine/plan-data.js';
import type { ScanThread } from './engine/run-worker.js';
import { finishRun } from './finish-run.js';
import type { IssuerSearch } from './issuer-search.js';
import { judgeIncomplete } from './judge-incomplete.js';
import type { NameSource } from './name-finder.js';
import type { PauseGate } from './pace/pause-gate.js';
import { createRevocationStage, type RevocationStage } from './revocation-stage.js';
import { type AddressLimits, runScan, type ScanEnd } from './run-scan.js';
import { type Pace, POSTURE_PER_ADDRESS } from './speed.js';

/** Worker threads of a scan. */
export interface ScanWorkers {
  readonly count: number;
  /** The same that `judge` judges by. */
  readonly judge: JudgeData;
  /** Told why a worker has died, each time; what it was at is done again. */
  died?(reason: string): void;
  /** Where the threads begin; default: the worker that comes with the program. */
  readonly thread?: ScanThread;
}

/** More than can be in flight at all. */
const ANY_NUMBER = 2 ** 16;

/** All that a scan run needs. The world (clock, inventory, signal) comes in from outside. */
export interface ScanRequest {
  /** UUIDv7 of the run. */
  readonly run: string;
  readonly plan: Plan;
  /** How `plan` was chosen from that of the definition, to be kept with the run; absent: it is all of it. */
  readonly selection?: PlanSelection;
  /** Kept with the run: enough to make the same plan again. */
  readonly definition: Readonly<Record<string, unknown>>;
  /** Goes on with a run that the inventory holds: what it has observed is not probed again. */
  readonly resumed: boolean;
  /** The run replaces all others once it has visited all of its plan, of a resumed one as it was told; absent: it joins them. */
  readonly replaces?: boolean;
  /** Tags for the endpoints that turn out to have a certificate; absent: none. */
  readonly tagsOf?: TagsOf;
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
  /** Worker threads that probe and judge; absent: this thread does it all. */
  readonly workers?: ScanWorkers;
  readonly signal: AbortSignal;
  /** Told of each observation as soon as it is judged, but not of those that are judged again at the end. */
  observed?(judged: JudgedObservation): void;
  /** Told of each observation that is to be judged again at the end, with what it is judged for the time being. */
  postponed?(judged: JudgedObservation): void;
  /** Told of each postponed observation when its judgement is final. */
  settled?(judged: JudgedObservation): void;
  /** Told how many plan entries are done, whenever one more is. */
  progressed?(entriesDone: number): void;
  /** Nothing begins as long as it is shut; absent: only the scan itself has reasons to stand still. */
  readonly gate?: PauseGate;
  /** Told what slows the scan down or holds it up. */
  paced?(news: PaceNews): void;
  /** Called before each batch is stored; a promise holds the scan back (a slow reader of our output). */
  drain?(): Promise<void>;
  now(): Date;
}

/** How it ended, and what became of other runs. */
export interface ScanRunEnd extends ScanEnd {
  /** Null: the run joins them, or has not visited all of its plan yet. */
  readonly replaced: RunsReplaced | null;
}

/**
 * Executes one scan run from start to end: every endpoint of the plan is observed once, judged and stored in the
 * inventory. Stops early when the signal aborts. Throws InventoryError when results cannot be stored: what was stored
 * before stays whole, and the run can be resumed. Throws UsageError when the plan is not that of the run to be resumed.
 */
export async function scan(request: ScanRequest): Promise<ScanRunEnd> {
  const { inventory, issuers, pace, plan, replaces = false, run, workers } = request;
  const before = request.resumed ? await readProgress(request) : null;
  const started: ScanRun = {
    id: run,
    definition: request.definition,
    startedAt: request.now().toISOString(),
    endedAt: null,
    state: 'running',
    planSize: plan.size,
    counts: {},
    ...(replaces && { isProvisional: true }),
  };
  // A resumed one stays as it was, but goes on: nobody must take it for one that has ended.
  await inventory.startRun(started, request.selection);
  const startedAt = request.now().toISOString();
  const revocation = openRevocationStage(request);
  const stageData = describeStages(request);
  const limits = limitAddresses(request);
  const { now } = request;
  let end: ScanEnd;
  try {
    end = await runScan({
      ...makeStages(stageData, { plan, judge: (observation) => request.judge(observation), now }),
      judge: (observation, revocations) => request.judge(observation, revocations),
      ...(revocation && { findRevocations: findRevocations(request, revocation) }),
      save: async (entries, progress) => {
        await request.drain?.();
        await inventory.saveEntries(run, entries, progress);
      },
      observed: (judged) => {
        if (issuers?.learn(judged) === false) request.postponed?.(judged);
        else request.observed?.(judged);
      },
      ...(request.progressed && { progressed: request.progressed }),
      before,
      ...(limits && { limits }),
      ...(pace.connectTimeout && { connectTimeout: pace.connectTimeout }),
      ...(pace.retries !== undefined && { retries: pace.retries }),
      ...(pace.giveUpAfter !== undefined && { giveUpAfter: pace.giveUpAfter }),
      isProxied: request.proxy !== undefined,
      ...(request.gate && { gate: request.gate }),
      ...(request.paced && { paced: request.paced }),
      ...(workers && {
        crew: {
          workers: workers.count,
          task: {
            plan: toPlanData(plan),
            judge: workers.judge,
            stages: stageData,
            ...(pace.connectTimeout && { connectTimeout: pace.connectTimeout }),
            retries: pace.retries ?? 0,
          },
          ...(workers.died && { died: workers.died }),
          giveUp: (entry, reason) => giveUpEntry(request, entry, reason),
          ...(workers.thread && { thread: workers.thread }),
        },
      }),
      concurrency: pace.concurrency,
      ratePerSecond: pace.ratePerSecond,
      signal: request.signal,
    });
    if (issuers) {
      const fetched = await issuers.finish();
      if (fetched.length > 0) await inventory.saveCertificates(fetched);
      await judgeIncomplete({
        inventory,
        run,
        judge: (observation) => judgeWhole(request, revocation, observation),
        settled: (judged) => {
          // An earlier part of a resumed run has told what it came to know.
          if (judged.observation.observedAt >= startedAt) request.settled?.(judged);
        },
        ...(request.drain && { drain: request.drain }),
        now,
      });
    }
  } catch (error) {
    await finishRun(request, 'failed');
    throw error;
  } finally {
    revocation?.close();
  }
  return { ...end, replaced: await finishRun(request, end.interrupted ? 'interrupted' : 'completed') };
}

/** How far the run has come; null: nothing of it was ever stored. */
async function readProgress({ inventory, plan, run }: ScanRequest): Promise<RunProgress | null> {
  const progress = await inventory.progress(run);
  if (progress === null || progress.planDigest === digestPlan(plan)) return progress;
  throw new UsageError(
    `run ${run} cannot be resumed: its plan comes out otherwise now, as when the name of an exclude has another address; start a new scan`,
  );
}

function describeStages(request: ScanRequest): StageData {
  const {
    connectionsPerAddress,
    depth = 'certificate',
    handshake,
    names = [],
    pace,
    plan,
    proxy,
    run,
  } = request;
  return {
    run,
    limits: pace.limits,
    handshake,
    depth,
    ...(connectionsPerAddress !== undefined && { connectionsPerAddress }),
    names,
    ...(proxy && { proxy }),
    probesUnresolved: proxy !== undefined && !excludesAddresses(plan),
  };
}

/** Undefined: endpoints of one address need not heed each other. */
function limitAddresses({ depth, pace }: ScanRequest): AddressLimits | undefined {
  const perAddress = depth === 'posture' ? POSTURE_PER_ADDRESS : pace.perAddress;
  if (perAddress === undefined && pace.perSubnet === undefined) return undefined;
  return { perAddress: perAddress ?? ANY_NUMBER, perSubnet: pace.perSubnet ?? ANY_NUMBER };
}

/** What is stored of an entry that workers die of. */
function giveUpEntry({ judge, now, plan, run }: ScanRequest, entry: number, reason: string): FinishedEntry {
  const failure: Failure = {
    stage: 'connect',
    code: 'worker-death',
    detail: `this is a fault of certsweep: ${MAX_DEATHS} workers died at this endpoint, the last one of: ${reason}`,
  };
  const observation: Observation = {
    run,
    observedAt: now().toISOString(),
    endpoint: plan.endpointAt(entry),
    outcome: 'internal',
    failure,
    handshake: null,
  };
  return { entry, observations: [{ observation, judgement: judge(observation) }] };
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
