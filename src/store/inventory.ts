import type { CertificateRecord } from '../model/certificate-record.js';
import type { Coverage } from '../model/coverage.js';
import type { Endpoint } from '../model/endpoint.js';
import type { InventoryRecord } from '../model/inventory-record.js';
import type { OverviewFacts } from '../model/overview-facts.js';
import type { PlanSelection } from '../model/plan-selection.js';
import type { RunProgress } from '../model/run-progress.js';
import type { ScanRun } from '../model/scan-run.js';
import { CertificateInventory } from './certificate-inventory.js';
import { readCoverage } from './coverage.js';
import type { FinishedEntry } from './finished-entry.js';
import { InventoryError } from './inventory-error.js';
import { type LastObserved, listLastObserved } from './last-observed.js';
import { type CertificateQuery, listCertificates } from './list-certificates.js';
import { listEndpoints, listObservedEndpoints } from './list-endpoints.js';
import { listObservations, type ObservationFilter, type StoredObservation } from './list-observations.js';
import { listRecords } from './list-records.js';
import type { OpenOptions } from './open-database.js';
import { readOutcomeCounts } from './outcome-count.js';
import {
  forgetOverview,
  forgetRunSummary,
  isOverviewMissing,
  readOverview,
  refreshAfterRun,
  refreshOverview,
} from './overview.js';
import { findPlanSelection } from './plan-selection-row.js';
import type { RecordQuery } from './record-query.js';
import { prepareReplaceJudgements, pruneJudgements, type ReplaceJudgements } from './replace-judgements.js';
import { type RunsReplaced, replaceRuns } from './replace-runs.js';
import { findRunProgress, prepareSaveRunProgress, type SaveRunProgress } from './run-progress.js';
import { saveFoundTags, type TagsOf } from './save-found-tags.js';
import {
  type JudgedObservation,
  prepareSaveObservations,
  type SaveObservations,
} from './save-observations.js';
import { fromScanRunRow } from './scan-run-row.js';
import { startScanRun } from './start-scan-run.js';

/** Networks that coverage is told by: a screenful or two, or a table that a report has room for. */
const MOST_SUBNETS = 256;

/** How a scan run ended. */
export type ScanRunEnd = Pick<ScanRun, 'counts' | 'state'> & { readonly endedAt: string };

/**
 * An inventory in an SQLite file. Facts only ever join it: what is there already is not changed by saving it
 * again. Judgements follow from facts, and the latest counts.
 * Whatever fails throws an `InventoryError` of one line, or a `UsageError` where another command line would do.
 */
export class Inventory extends CertificateInventory {
  #save: SaveObservations | undefined;
  #saveProgress: SaveRunProgress | undefined;
  #replace: ReplaceJudgements | undefined;

  /** Makes a scan run known, with the part of its plan that it visits; one that is known already runs again. */
  async startRun(run: ScanRun, selection?: PlanSelection): Promise<void> {
    await this.work('save', () => {
      startScanRun(this.database, run, selection);
      forgetRunSummary(this.database, run.id);
    });
  }

  /** Saves observations with their judgements: all of them or, when it throws, none. */
  async saveBatch(batch: readonly JudgedObservation[]): Promise<void> {
    await this.work('save', () => this.#saveAll(batch));
  }

  /** Saves what was observed for entries of a plan, and how far the run has got: all of it or, when it throws, nothing. */
  async saveEntries(run: string, entries: readonly FinishedEntry[], progress: RunProgress): Promise<void> {
    await this.work('save', () => {
      this.#saveProgress ??= prepareSaveRunProgress(this.database);
      const save = this.#saveProgress;
      this.#saveAll(
        entries.flatMap(({ observations }) => observations),
        () => save(run, progress),
      );
    });
  }

  /** How far a run has got with its plan; null: it has kept no account of it. */
  progress(run: string): Promise<RunProgress | null> {
    return this.work('read', () => findRunProgress(this.db, run));
  }

  /** Which part of its plan a run visits; null: all of it. */
  planSelection(run: string): Promise<PlanSelection | null> {
    return this.work('read', () => findPlanSelection(this.db, run));
  }

  /**
   * Gives stored observations the judgements that they have now, all of them or, when it throws, none; tells how many
   * came out otherwise than before. `at` is the moment of judging, UTC ISO-8601: where inventories merge, the latest counts.
   */
  async replaceJudgements(batch: readonly JudgedObservation[], at: string): Promise<number> {
    return await this.work('save', () => {
      this.#replace ??= prepareReplaceJudgements(this.database);
      const replace = this.#replace;
      const replaceAll = this.database.transaction(() => {
        for (const run of new Set(batch.map(({ observation }) => observation.run)))
          forgetRunSummary(this.database, run);
        return replace(batch, Date.parse(at));
      });
      return replaceAll.immediate();
    });
  }

  /** Deletes judgements that no observation has any more. */
  async pruneJudgements(): Promise<void> {
    await this.work('save', () => {
      pruneJudgements(this.database);
    });
    // It has numbers of judgements in mind that may be gone.
    this.#save = undefined;
  }

  /** Notes how a scan run ended; `tagsOf` tells tags for the endpoints at which it has found a certificate. */
  async finishRun(id: string, { endedAt, state, counts }: ScanRunEnd, tagsOf?: TagsOf): Promise<void> {
    if (tagsOf) await this.work('save', () => saveFoundTags(this.database, id, tagsOf));
    const ended = { ended_at: Date.parse(endedAt), state, counts: JSON.stringify(counts) };
    const result = await this.work('save', () =>
      this.db.updateTable('scan_run').set(ended).where('uuid', '=', id).executeTakeFirst(),
    );
    if (result.numUpdatedRows === 0n) throw new InventoryError(`the inventory knows no scan run ${id}`);
    await this.work('save', () => {
      forgetRunSummary(this.database, id);
      const observations = Object.values(counts).reduce((sum, count) => sum + count, 0);
      refreshAfterRun(this.database, observations, new Date(endedAt));
    });
  }

  /**
   * Notes that a provisional run has visited all of its plan, and makes it the only one; where it must not be, nothing is
   * changed. Runs that have not ended are left alone.
   */
  async finishReplacingRun(
    id: string,
    { counts, endedAt }: Pick<ScanRunEnd, 'counts' | 'endedAt'>,
    tagsOf?: TagsOf,
  ): Promise<RunsReplaced> {
    const end = { endedAt: Date.parse(endedAt), counts: JSON.stringify(counts), tagsOf };
    return await this.work('save', () => replaceRuns(this.path, id, end, this.options));
  }

  /** All scan runs, the latest first. */
  async runs(): Promise<ScanRun[]> {
    const select = this.db
      .selectFrom('scan_run')
      .selectAll()
      .orderBy('started_at', 'desc')
      .orderBy('uuid', 'desc');
    return (await this.work('read', () => select.execute())).map(fromScanRunRow);
  }

  /** Observations of a scan run by outcome; outcomes that did not occur are absent. */
  countOutcomes(run: string): Promise<ScanRun['counts']> {
    return this.work('read', () => readOutcomeCounts(this.database, run));
  }

  /** What a scan run has covered, by outcome, port and network; of networks no more than `maxSubnets`, widened as it takes. */
  coverage(run: string, { maxSubnets = MOST_SUBNETS } = {}): Promise<Coverage> {
    return this.work('read', () => readCoverage(this.database, run, maxSubnets));
  }

  /** All that an overview is made of; at once unless something was saved since it was counted, or `now` is another day for what people accept. */
  overview(now: Date): Promise<OverviewFacts> {
    return this.work('read', () => readOverview(this.database, now));
  }

  /** Whether an overview has to be counted, as after a small run, and `keepOverview` would spare that the next time. */
  isOverviewMissing(now: Date): Promise<boolean> {
    return this.work('read', () => isOverviewMissing(this.database, now));
  }

  /** Counts what an overview needs, and keeps it. */
  async keepOverview(now: Date): Promise<void> {
    await this.work('save', () => refreshOverview(this.database, now));
  }

  /** Endpoints, as its plan has them, that a scan run has observed; a snapshot. */
  observedEndpoints(run: string): AsyncIterable<Endpoint> {
    return this.stream((database) => listObservedEndpoints(database, this.db, run));
  }

  /** Every endpoint that was ever observed; a snapshot, however long it is read. */
  endpoints(): AsyncIterable<Endpoint> {
    return this.stream((database) => listEndpoints(database, this.db));
  }

  /** The latest observation of every endpoint that was ever observed, in no particular order; a snapshot. */
  lastObserved(): AsyncIterable<LastObserved> {
    return this.stream((database) => listLastObserved(database, this.db));
  }

  /** The observations of a scan run as they were made, ready to be judged again; a snapshot. */
  observations(run: string, filter?: ObservationFilter): AsyncIterable<StoredObservation> {
    return this.stream((database) => listObservations(database, this.db, run, filter));
  }

  /** Observations as records: of one run, or the latest of each endpoint; a snapshot, however long it is read. */
  async *records(query: RecordQuery = {}): AsyncGenerator<InventoryRecord> {
    for await (const batch of this.recordBatches(query)) yield* batch;
  }

  /** The same some at a time, for those who read very many; what `parts` leaves out may be empty. */
  recordBatches(query: RecordQuery): AsyncIterable<readonly InventoryRecord[]> {
    return this.stream((database) => listRecords(database, this.db, query));
  }

  /** Certificates with their spread: of one run, or those presented now; a snapshot, however long it is read. */
  certificates(query: CertificateQuery = {}): AsyncIterable<CertificateRecord> {
    return this.stream((database) => listCertificates(database, this.db, query));
  }

  #saveAll(batch: readonly JudgedObservation[], alongside?: () => void): void {
    this.#save ??= prepareSaveObservations(this.database);
    this.#save(batch, () => {
      forgetOverview(this.database);
      alongside?.();
    });
  }
}

/** Opens an inventory. */
export function openInventory(path: string, options: OpenOptions = {}): Inventory {
  return new Inventory(path, options);
}
