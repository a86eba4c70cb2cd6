import { Worker } from 'node:worker_threads';
import type { FinishedEntry } from '../../store/finished-entry.js';
import type { PauseGate } from '../pace/pause-gate.js';
import { HandedPlaces, type LeftPlaces } from './handed-places.js';
import type { PaceNotice } from './pace-notice.js';
import { SCAN_WORKER, SCAN_WORKER_TASK } from './scan-worker.js';
import type { Slice } from './slice.js';
import type { EntryDecoder } from './wire/entry-decoder.js';
import type { LeaderMessage, WorkerMessage, WorkerStart } from './worker-message.js';

/** Where a thread begins. */
export interface ScanThread {
  readonly url: URL;
  /** Options of Node.js for it; default: those of this thread, some of which no thread may be given by name. */
  readonly execArgv?: readonly string[];
  /** What it may keep in memory; default: what no honest network needs. */
  readonly memoryMb?: number;
}

/** What one worker needs. */
export interface WorkerOptions {
  readonly start: WorkerStart;
  readonly thread?: ScanThread;
  /** Asks for a slice; what it returns takes the question back. */
  ask(give: (slice: Slice | null) => void): () => void;
  readonly decode: EntryDecoder;
  deliver(entries: readonly FinishedEntry[], stored: (weight: number) => void): void;
  /** The worker stands still as long as it is shut. */
  readonly gate: Pick<PauseGate, 'onChange'>;
  /** Hears what the worker tells of its pace. */
  hear(notice: PaceNotice): void;
  /** Ends the worker: what it has finished is still taken. */
  readonly signal: AbortSignal;
}

/** How a worker ended. */
export interface WorkerEnd {
  /** Why it died; null: it did not, there was nothing left to do. */
  readonly reason: string | null;
  /** Entries that it had begun. */
  readonly begun: number;
  /** What it has left undone. */
  readonly left: LeftPlaces;
}

/** A worker that is told to stop closes some thousand sockets within milliseconds; one that takes longer is ended. */
const STOP_MS = 3000;

/**
 * New objects of a thread live here first. Less than this costs time, as what a probe leaves behind is copied before it is
 * dead; 32 cost none less and took, with two workers, fifty megabytes more.
 */
const YOUNG_MB = 12;

/** Judges remember some two hundred megabytes at most; whoever needs more than this is being fed by an enemy. */
const OLD_MB = 1024;

const DEFAULT_THREAD: ScanThread = { url: SCAN_WORKER };

/** Runs one worker from its start to its end or death. Rejects when what it sends cannot be understood. */
export function runWorker(options: WorkerOptions): Promise<WorkerEnd> {
  const { decode, signal, start, thread = DEFAULT_THREAD } = options;
  const handed = new HandedPlaces();
  const begun = new Int32Array(start.begun);
  return new Promise((resolve, reject) => {
    const worker = new Worker(thread.url, {
      workerData: { is: SCAN_WORKER_TASK, start },
      ...(thread.execArgv && { execArgv: [...thread.execArgv] }),
      resourceLimits: {
        maxYoungGenerationSizeMb: YOUNG_MB,
        maxOldGenerationSizeMb: thread.memoryMb ?? OLD_MB,
      },
    });
    let hasEnded = false;
    let reason: string | null = null;
    let timer: NodeJS.Timeout | undefined;
    let forgetAsk = (): void => undefined;

    const stop = (): void => {
      tell({ kind: 'stop' });
      timer = setTimeout(() => void worker.terminate(), STOP_MS);
    };
    signal.addEventListener('abort', stop, { once: true });
    const forgetGate = options.gate.onChange((reasons) => tell({ kind: 'paused', reasons }));
    if (signal.aborted) stop();

    worker.on('message', (message: WorkerMessage) => {
      try {
        hear(message);
      } catch (error) {
        reject(error);
        void worker.terminate();
      }
    });
    worker.on('error', (error: unknown) => {
      reason = error instanceof Error ? error.message : String(error);
    });
    worker.once('exit', (code) => {
      leave();
      // One that was told to stop and had to be ended is no death: what it was at is dropped, as always.
      const isDeath = !hasEnded && !signal.aborted;
      if (isDeath) reason ??= `it ended with code ${code}`;
      const count = Atomics.load(begun, 0);
      resolve({ reason: isDeath ? reason : null, begun: count, left: handed.leave(count) });
    });

    function hear(message: WorkerMessage): void {
      if (message.kind === 'take') forgetAsk = options.ask(hand);
      else if (message.kind === 'finished') {
        const entries = decode(message.batch).filter(({ entry }) => handed.finish(entry));
        options.deliver(entries, (weight) => tell({ kind: 'stored', weight }));
      } else if (message.kind === 'notice') options.hear(message.notice);
      else {
        hasEnded = true;
        leave();
        // Its thread may still wait for a name server that nobody can be made to give up.
        worker.unref();
        void worker.terminate();
        resolve({ reason: null, begun: Atomics.load(begun, 0), left: handed.leave(0) });
      }
    }

    function leave(): void {
      clearTimeout(timer);
      signal.removeEventListener('abort', stop);
      forgetAsk();
      forgetGate();
    }

    function hand(slice: Slice | null): void {
      if (slice !== null) handed.hand(slice);
      tell({ kind: 'slice', slice });
    }

    function tell(message: LeaderMessage): void {
      worker.postMessage(message);
    }
  });
}
