import type { ConnectTimeoutBounds } from '../pace/connect-timeouts.js';
import type { ConnectionLimitsShare } from '../pace/connection-limits.js';
import type { PauseReason } from '../pace/pause-gate.js';
import type { SilenceLedgerShare } from '../pace/silence-ledger.js';
import type { JudgeData } from './judge-data.js';
import type { StageData } from './make-stages.js';
import type { PaceNotice } from './pace-notice.js';
import type { PlanData } from './plan-data.js';
import type { Slice } from './slice.js';
import type { WireBatch } from './wire/wire-batch.js';

/** What all workers of a scan are made of. */
export interface WorkerTask {
  readonly plan: PlanData;
  readonly judge: JudgeData;
  readonly stages: StageData;
  /** Absent: connect timeouts are those of the stages. */
  readonly connectTimeout?: ConnectTimeoutBounds;
  /** How often a probe is made again when its peer was too busy. */
  readonly retries: number;
}

/** What one worker is sent when it starts. */
export interface WorkerStart {
  readonly task: WorkerTask;
  /** Entries under way at once. */
  readonly concurrency: number;
  /** Weight of entries that may be delivered and not yet stored. */
  readonly credit: number;
  /** The limits that all workers keep together, and the number of this one; null: there are none. */
  readonly limits: { readonly share: ConnectionLimitsShare; readonly worker: number } | null;
  /** The rate that all workers keep together; null: none. */
  readonly rate: { readonly perSecond: number; readonly line: SharedArrayBuffer } | null;
  /** What all workers know of silent addresses; null: none is given up. */
  readonly ledger: SilenceLedgerShare | null;
  /** Counters that all threads share. */
  readonly tally: SharedArrayBuffer;
  /** Why nothing may begin just now. */
  readonly paused: readonly PauseReason[];
  /** One 32-bit counter of the entries that it has begun, which tells what it was at when it died. */
  readonly begun: SharedArrayBuffer;
}

/** What the main thread tells a worker. */
export type LeaderMessage =
  | { readonly kind: 'slice'; readonly slice: Slice | null }
  | { readonly kind: 'stored'; readonly weight: number }
  | { readonly kind: 'paused'; readonly reasons: readonly PauseReason[] }
  | { readonly kind: 'stop' };

/** What a worker tells the main thread. */
export type WorkerMessage =
  | { readonly kind: 'take' }
  | { readonly kind: 'finished'; readonly batch: WireBatch }
  | { readonly kind: 'notice'; readonly notice: PaceNotice }
  | { readonly kind: 'ended' };
