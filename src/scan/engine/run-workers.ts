import type { FinishedEntry } from '../../store/finished-entry.js';
import {
  type ConnectionLimitsOptions,
  createConnectionLimits,
  type SharedConnectionLimits,
} from '../pace/connection-limits.js';
import type { PauseGate } from '../pace/pause-gate.js';
import type { SilenceLedger } from '../pace/silence-ledger.js';
import type { LeftPlaces } from './handed-places.js';
import type { Leader } from './leader.js';
import type { ScanPlan } from './observe-entry.js';
import type { PaceDesk } from './pace-desk.js';
import type { RunTally } from './run-tally.js';
import { runWorker, type ScanThread } from './run-worker.js';
import { makeEntryDecoder } from './wire/entry-decoder.js';
import type { WorkerTask } from './worker-message.js';

/** Worker threads that work off a plan together. */
export interface WorkerCrew {
  /** How many; never more of them than endpoints in flight. */
  readonly workers: number;
  readonly task: WorkerTask;
  /** Told why a worker has died, each time. */
  died?(reason: string): void;
  /** Makes the observations of an entry that workers die of. */
  giveUp(entry: number, reason: string): FinishedEntry;
  /** Where the threads begin; default: the worker that comes with the program. */
  readonly thread?: ScanThread;
}

/** What the workers of one scan share. */
export interface CrewOptions {
  readonly crew: WorkerCrew;
  readonly leader: Leader;
  readonly run: string;
  readonly plan: ScanPlan;
  /** Over all workers; null: none. */
  readonly limits: Omit<ConnectionLimitsOptions, 'workers'> | null;
  readonly concurrency: number;
  readonly ratePerSecond: number | null;
  /** Weight of entries that may be finished and not yet stored. */
  readonly credit: number;
  readonly gate: Pick<PauseGate, 'onChange' | 'reasons'>;
  readonly desk: Pick<PaceDesk, 'hear' | 'leave'>;
  /** Null: no address is given up. */
  readonly ledger: SilenceLedger | null;
  readonly tally: RunTally;
  readonly signal: AbortSignal;
}

/** Workers that die before they have begun anything, in a row, after which it is clear that none can be started. */
const MAX_STILLBORN = 3;

/**
 * Starts the workers and waits until the plan is worked off or the signal aborts; gives the number of workers that died.
 * Concurrency and credit are shared out among them; the rate and the limits for addresses they keep together. One that
 * dies is replaced: what it had begun is begun again with fewer entries at once, until the one that is the cause is alone
 * when it strikes for the third time and is given up. Throws when no worker can be started.
 */
export async function runWorkers(options: CrewOptions): Promise<number> {
  const { concurrency, crew, desk, gate, leader, plan, ratePerSecond, run, signal } = options;
  const seats = Math.min(crew.workers, concurrency);
  const limits = options.limits && createConnectionLimits({ ...options.limits, workers: seats });
  const rate = ratePerSecond === null ? null : { perSecond: ratePerSecond, line: new SharedArrayBuffer(8) };
  const failure = new AbortController();
  const stopped = AbortSignal.any([signal, failure.signal]);
  let deaths = 0;

  /** Keeps one seat taken until there is nothing left to do. */
  async function keepSeat(seat: number): Promise<void> {
    let stillborn = 0;
    for (;;) {
      const { begun, left, reason } = await runWorker({
        start: {
          task: crew.task,
          concurrency: shareOf(concurrency, seat, seats),
          credit: Math.max(1, shareOf(options.credit, seat, seats)),
          limits: limits && { share: limits.share, worker: seat },
          rate,
          ledger: options.ledger?.share ?? null,
          tally: options.tally.buffer,
          paused: gate.reasons,
          begun: new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT),
        },
        ...(crew.thread && { thread: crew.thread }),
        ask: (give) => leader.ask(give),
        decode: makeEntryDecoder(run, (place) => plan.endpointAt(place)),
        deliver: (entries, stored) => leader.deliver(entries, stored),
        gate,
        hear: (notice) => desk.hear(seat, notice),
        signal: stopped,
      });
      desk.leave(seat);
      if (reason === null) return;
      deaths += 1;
      crew.died?.(reason);
      takeBack(seat, left, reason, limits);
      if (stopped.aborted) return;
      stillborn = begun === 0 ? stillborn + 1 : 0;
      if (stillborn === MAX_STILLBORN) throw new Error(`no worker can be started: ${reason}`);
    }
  }

  function takeBack(
    seat: number,
    { deadly, slices }: LeftPlaces,
    reason: string,
    shared: SharedConnectionLimits | null,
  ): void {
    shared?.releaseAllOf(seat);
    for (const slice of slices) leader.giveBack(slice);
    if (deadly.length > 0)
      leader.deliver(
        deadly.map((place) => crew.giveUp(place, reason)),
        () => undefined,
      );
  }

  const working = Array.from({ length: seats }, (_, seat) => keepSeat(seat));
  try {
    await Promise.all(working);
  } catch (error) {
    failure.abort();
    await Promise.allSettled(working);
    throw error;
  }
  return deaths;
}

/** The share of one seat in a whole number: all shares add up to it. */
function shareOf(whole: number, seat: number, seats: number): number {
  return Math.floor((whole * (seat + 1)) / seats) - Math.floor((whole * seat) / seats);
}
