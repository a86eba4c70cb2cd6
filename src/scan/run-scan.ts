import type { Judgement } from '../model/judgement.js';
import type { Observation } from '../model/observation.js';
import type { Revocations } from '../model/revocation.js';
import type { RunProgress } from '../model/run-progress.js';
import type { FinishedEntry } from '../store/finished-entry.js';
import type { JudgedObservation } from '../store/save-observations.js';
import { digestPlan } from './engine/digest-plan.js';
import { makeLaneWidth } from './engine/lane-width.js';
import { Leader } from './engine/leader.js';
import { type EntryStages, makeObserveEntry } from './engine/observe-entry.js';
import { Outbox } from './engine/outbox.js';
import { makePaceDesk, type PaceDesk, type PaceNews } from './engine/pace-desk.js';
import { makeProbePace } from './engine/probe-pace.js';
import { makeProbeSlots } from './engine/probe-slots.js';
import { ProgressTracker } from './engine/progress-tracker.js';
import { runLanes } from './engine/run-lanes.js';
import { openRunTally, type RunTally } from './engine/run-tally.js';
import { runWorkers, type WorkerCrew } from './engine/run-workers.js';
import { makeSliceSource, sizeSlices } from './engine/slice-source.js';
import { type ConnectTimeoutBounds, createConnectTimeouts } from './pace/connect-timeouts.js';
import { type ConnectionLimitsOptions, createConnectionLimits } from './pace/connection-limits.js';
import type { NetworkWatch } from './pace/network-watch.js';
import { createPauseGate, type PauseGate } from './pace/pause-gate.js';
import { createSilenceLedger, type SilenceLedger } from './pace/silence-ledger.js';
import { TokenBucket } from './token-bucket.js';

export type { ScanPlan } from './engine/observe-entry.js';

// Why slices and a leader: probing, parsing and judging need nothing of each other and go to as many threads as there are
// cores; storing needs one. So the main thread cuts the plan into slices, workers ask for one after the other, and what
// they have finished comes back in batches, to be stored with the progress in one transaction.

/** Endpoints in flight at one address and in one subnet (/24, IPv6 /64). */
export type AddressLimits = Omit<ConnectionLimitsOptions, 'workers'>;

/** The stages that the engine joins, and how hard it may work. */
export interface ScanOptions extends EntryStages {
  /** `revocations`: what CAs say of the certificates. */
  judge(observation: Observation, revocations?: Revocations): Judgement;
  /** Asks CAs about the certificates of an observation, which is judged anew with what they say; absent: nobody asks. */
  findRevocations?(observation: Observation, judgement: Judgement, signal: AbortSignal): Promise<Revocations>;
  /** Stores entries and the progress together or throws; the scan ends when it throws. */
  save(entries: readonly FinishedEntry[], progress: RunProgress): Promise<void>;
  /** Told of each observation as soon as its judgement is known. */
  observed?(judged: JudgedObservation): void;
  /** Told how many plan entries are done, whenever more are. */
  progressed?(entriesDone: number): void;
  /** What an earlier part of this run has done, in the same plan; absent or null: nothing. */
  readonly before?: RunProgress | null;
  /** Absent: endpoints of one address need not heed each other. */
  readonly limits?: AddressLimits;
  /** Endpoints in flight at once. */
  readonly concurrency: number;
  /** New endpoints a second; null: as fast as concurrency allows. */
  readonly ratePerSecond: number | null;
  /** Between what connect timeouts follow the round trips measured; absent: the probe has its own. */
  readonly connectTimeout?: ConnectTimeoutBounds;
  /** How often a probe is made again when its peer was too busy to say a word; absent: never. */
  readonly retries?: number;
  /** Silent ports after which no more of an address are probed, unless it has answered; absent: all are. */
  readonly giveUpAfter?: number;
  /** Whether connections lead through a proxy. */
  readonly isProxied?: boolean;
  /** Nothing begins as long as it is shut; absent: only the scan itself has reasons to stand still. */
  readonly gate?: PauseGate;
  /** Told what slows the scan down or holds it up. */
  paced?(news: PaceNews): void;
  /** How long nothing at all may come about for want of descriptors and the like; absent: a minute. */
  readonly stuckMs?: number;
  /** Tells whether the network is there; absent: as this machine sees it. Workers have their own. */
  readonly watch?: NetworkWatch;
  /** Who works off the plan; absent: this thread. */
  readonly crew?: WorkerCrew;
  readonly signal: AbortSignal;
}

/** How a scan ended. */
export interface ScanEnd {
  /** Plan entries that are finished, with those of earlier parts of a resumed run. */
  readonly entriesDone: number;
  /** Observations made and saved by this call. */
  readonly observations: number;
  /** How many of them tried a name that became known on the way. */
  readonly byName: number;
  /** Plan entries that earlier parts of the run had finished. */
  readonly skipped: number;
  /** True when the signal stopped it before the plan's end. */
  readonly interrupted: boolean;
  /** Workers that died and were replaced. */
  readonly deaths: number;
  /** Probes that this call made again, as the first had no fair chance. */
  readonly retries: number;
  /** The limit of this machine (an errno name) for want of which nothing came about any more; null: none. */
  readonly stuckFor: string | null;
}

/** The only thread where there are no workers. */
const MAIN_SEAT = 0;

/** A scan that stands still has nothing open that would keep the process alive; the longest that a timer takes. */
const KEEP_ALIVE_MS = 2 ** 31 - 1;

/**
 * Weight of entries that are finished and not yet stored, see `entryWeight`: a second's worth at the fastest, and some
 * thirty megabytes at the most. Beyond that probing waits for the store, or for whoever reads our output.
 */
const CREDIT = 8192;

/**
 * The same while CAs are asked about each of them, which takes seconds: at the normal pace these are some seconds' worth,
 * beyond which probing waits too.
 */
const MAX_HELD_BACK = 2000;

/** Walks the plan, probes, judges and saves. Memory does not depend on the size of the plan. */
export async function runScan(options: ScanOptions): Promise<ScanEnd> {
  const { before = null, concurrency, crew, plan, ratePerSecond } = options;
  const stop = new AbortController();
  const signal = AbortSignal.any([options.signal, stop.signal]);
  const tracker = new ProgressTracker(digestPlan(plan), plan.size, before);
  const skipped = tracker.entriesDone;
  const leader = new Leader({
    plan,
    tracker,
    source: makeSliceSource(plan.size, sizeSlices(plan.size, crew?.workers ?? 1), tracker),
    judge: options.judge,
    ...(options.findRevocations && { findRevocations: options.findRevocations }),
    save: (entries, progress) => options.save(entries, progress),
    ...(options.observed && { observed: options.observed }),
    ...(options.progressed && { progressed: options.progressed }),
    signal,
    failed: () => stop.abort(),
  });
  const tally = openRunTally();
  const { giveUpAfter } = options;
  const ledger =
    giveUpAfter === undefined ? null : createSilenceLedger({ giveUpAfter, addresses: plan.size });
  const gate = options.gate ?? createPauseGate();
  const desk = makePaceDesk(
    gate,
    (news) => options.paced?.(news),
    () => stop.abort(),
  );
  const keepAlive = setInterval(() => undefined, KEEP_ALIVE_MS);
  const credit = options.findRevocations ? MAX_HELD_BACK : CREDIT;
  let deaths = 0;
  try {
    if (crew)
      deaths = await runWorkers({
        crew,
        leader,
        run: options.run,
        plan,
        limits: options.limits ?? null,
        concurrency,
        ratePerSecond,
        credit,
        gate,
        desk,
        ledger,
        tally,
        signal,
      });
    else await runInline(options, { leader, credit, gate, desk, ledger, tally, signal });
  } catch (error) {
    stop.abort();
    await leader.close();
    throw error;
  } finally {
    clearInterval(keepAlive);
  }
  await leader.close();
  const { entriesDone } = tracker;
  const { byName, observations } = leader;
  return {
    entriesDone,
    observations,
    byName,
    skipped,
    interrupted: entriesDone < plan.size,
    deaths,
    retries: tally.retries,
    stuckFor: desk.stuckFor,
  };
}

/** What the main thread works with where it does all itself. */
interface InlineTools {
  readonly leader: Leader;
  readonly credit: number;
  readonly gate: PauseGate;
  readonly desk: PaceDesk;
  readonly ledger: SilenceLedger | null;
  readonly tally: RunTally;
  readonly signal: AbortSignal;
}

/** Works off the plan in this thread. */
async function runInline(
  options: ScanOptions,
  { credit, desk, gate, leader, ledger, signal, tally }: InlineTools,
): Promise<void> {
  const { connectTimeout, limits, plan, ratePerSecond } = options;
  const width = makeLaneWidth(options.concurrency);
  const pace = makeProbePace({
    ...(connectTimeout && { timeouts: createConnectTimeouts(connectTimeout) }),
    ...(ledger && { ledger }),
    retries: options.retries ?? 0,
    width,
    tally,
    gate,
    isProxied: options.isProxied ?? false,
    ...(options.watch && { watch: options.watch }),
    tell: (notice) => desk.hear(MAIN_SEAT, notice),
    signal,
    ...(options.stuckMs !== undefined && { stuckMs: options.stuckMs }),
  });
  const slots = makeProbeSlots({
    admission: limits ? createConnectionLimits({ ...limits, workers: 1 }).forWorker(MAIN_SEAT) : null,
    rate: ratePerSecond === null ? null : new TokenBucket(ratePerSecond),
    gate,
    width,
    signal,
  });
  await runLanes({
    endpointAt: (place) => plan.endpointAt(place),
    observe: makeObserveEntry(
      { ...options, judge: (observation) => options.judge(observation) },
      slots,
      pace,
      signal,
    ),
    slots,
    takeSlice: () => new Promise((resolve) => leader.ask(resolve)),
    openOutbox: (emptied) => {
      const outbox: Outbox = new Outbox({
        credit,
        batchEntries: 1,
        deliver: (batch) => leader.deliver(batch, (weight) => outbox.stored(weight)),
        emptied,
      });
      return outbox;
    },
    signal,
  });
}
