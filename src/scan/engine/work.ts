import type { MessagePort } from 'node:worker_threads';
import { createConnectTimeouts } from '../pace/connect-timeouts.js';
import { openConnectionLimits } from '../pace/connection-limits.js';
import { createPauseGate, setReasons } from '../pace/pause-gate.js';
import { openSilenceLedger } from '../pace/silence-ledger.js';
import { TokenBucket } from '../token-bucket.js';
import { makeJudgeOf } from './judge-data.js';
import { makeLaneWidth } from './lane-width.js';
import { makeStages } from './make-stages.js';
import { type EntryStages, makeObserveEntry } from './observe-entry.js';
import { BATCH_ENTRIES, Outbox } from './outbox.js';
import { makePlanOf } from './plan-data.js';
import { makeProbePace } from './probe-pace.js';
import { makeProbeSlots } from './probe-slots.js';
import { runLanes } from './run-lanes.js';
import { openRunTally } from './run-tally.js';
import type { Slice } from './slice.js';
import { makeEntryEncoder } from './wire/entry-encoder.js';
import type { LeaderMessage, WorkerMessage, WorkerStart } from './worker-message.js';

/** What a worker reads the time from, and what a test may put around its stages. */
export interface WorkOptions {
  now(): Date;
  readonly wrap?: (stages: EntryStages) => EntryStages;
}

/** Works in a thread of its own: asks the main thread for slices and posts what is finished, until there is no more. */
export async function work(port: MessagePort, start: WorkerStart, options: WorkOptions): Promise<void> {
  const stop = new AbortController();
  const { connectTimeout, retries } = start.task;
  const plan = makePlanOf(start.task.plan);
  const gate = createPauseGate();
  setReasons(gate, start.paused);
  const width = makeLaneWidth(start.concurrency);
  const pace = makeProbePace({
    ...(connectTimeout && { timeouts: createConnectTimeouts(connectTimeout) }),
    ...(start.ledger && { ledger: openSilenceLedger(start.ledger) }),
    retries,
    width,
    tally: openRunTally(start.tally),
    gate,
    isProxied: start.task.stages.proxy !== undefined,
    tell: (notice) => post({ kind: 'notice', notice }),
    signal: stop.signal,
  });
  const stages = makeStages(start.task.stages, {
    plan,
    judge: makeJudgeOf(start.task.judge),
    now: options.now,
  });
  const slots = makeProbeSlots({
    admission: start.limits && openConnectionLimits(start.limits.share, start.limits.worker),
    rate: start.rate && new TokenBucket(start.rate.perSecond, start.rate.line),
    gate,
    width,
    signal: stop.signal,
  });
  const begun = new Int32Array(start.begun);
  const encode = makeEntryEncoder(plan.endpointAt);
  const asking: ((slice: Slice | null) => void)[] = [];
  let outbox: Outbox | undefined;

  port.on('message', (message: LeaderMessage) => {
    if (message.kind === 'slice') asking.shift()?.(message.slice);
    else if (message.kind === 'stored') outbox?.stored(message.weight);
    else if (message.kind === 'paused') setReasons(gate, message.reasons);
    else stop.abort();
  });

  await runLanes({
    endpointAt: plan.endpointAt,
    observe: makeObserveEntry(options.wrap ? options.wrap(stages) : stages, slots, pace, stop.signal),
    slots,
    takeSlice: () =>
      new Promise((resolve) => {
        asking.push(resolve);
        post({ kind: 'take' });
      }),
    openOutbox: (emptied) => {
      outbox = new Outbox({
        credit: start.credit,
        batchEntries: BATCH_ENTRIES,
        deliver: (entries) => {
          const batch = encode(entries);
          post({ kind: 'finished', batch }, [batch.bytes.buffer as ArrayBuffer]);
        },
        emptied,
      });
      return outbox;
    },
    begun: (entries) => Atomics.store(begun, 0, entries),
    signal: stop.signal,
  });
  post({ kind: 'ended' });

  function post(message: WorkerMessage, transfer: ArrayBuffer[] = []): void {
    port.postMessage(message, transfer);
  }
}
