import { existsSync, rmSync } from 'node:fs';
import type { Database } from 'better-sqlite3';
import { countInventory, type InventoryCounts } from './count-inventory.js';
import { describeStoreError } from './describe-store-error.js';
import { KEEP_BETTER_OBSERVATION } from './keep-better-observation.js';
import { copyRowsSql } from './mapped-columns.js';
import { mergeAnnotations } from './merge-annotations.js';
import { mergeBareObservations, unpackNewlySpoken } from './merge-bare-observations.js';
import { mergeFacts } from './merge-facts.js';
import { mergeSavedReports } from './merge-saved-reports.js';
import { type OpenOptions, openDatabase } from './open-database.js';
import { rebuildCurrentEndpoints } from './rebuild-current-endpoints.js';
import { countSharedRuns, joinSharedRuns, mergeNewRuns } from './shared-run.js';
import { speakForShiftedRuns } from './speak-for-shifted-runs.js';
import { noteSpokenEndpoints } from './spoken-endpoints.js';

// Why this is set union: all facts have natural keys. Those that are new are copied, those that are known are left alone,
// and of the few that can differ under one key one is chosen by its content, so that the result is the same in whatever
// order and however often inventories are merged. Numbers of rows are those of one inventory alone and are mapped.

/** Inventories attached at once: SQLite takes ten. */
const MOST_ATTACHED = 8;

/** What merging has brought. */
export interface MergedInventories {
  /** What is there now and was not before. */
  readonly added: InventoryCounts;
  /** Annotations that are new or other than before. */
  readonly annotations: number;
}

/**
 * Merges inventories into another one, which is made when there is none: all of them or, when it throws, nothing. The
 * others must be copies that nobody else needs, as `copyInventory` makes them.
 */
export function mergeInventories(
  into: string,
  copies: readonly string[],
  options: Pick<OpenOptions, 'busyTimeoutMs'> = {},
): MergedInventories {
  const atOnce = copies.slice(0, MOST_ATTACHED);
  const rest = copies.slice(MOST_ATTACHED);
  // Merging knows no order, so that more than can be attached are merged into the first of them before.
  const [first] = atOnce;
  if (first !== undefined && rest.length > 0) mergeInventories(first, rest);
  const isNew = !existsSync(into);
  const database = openDatabase(into, { ...options, create: true });
  try {
    // References are mapped, not made up; proving each of them again would take longer than all else.
    database.pragma('foreign_keys = OFF');
    for (const [index, copy] of atOnce.entries()) database.prepare(`attach ? as source${index}`).run(copy);
    const merged = database.transaction(() => mergeAttached(database, atOnce.length)).immediate();
    database.close();
    return merged;
  } catch (error) {
    database.close();
    if (isNew) for (const suffix of ['', '-wal', '-shm']) rmSync(`${into}${suffix}`, { force: true });
    throw describeStoreError(error, into, 'merge');
  }
}

function mergeAttached(database: Database, attached: number): MergedInventories {
  const before = countInventory(database);
  let annotations = 0;
  for (let index = 0; index < attached; index += 1) {
    const source = `source${index}`;
    mergeObserved(database, source);
    annotations += mergeAnnotations(database, source);
    mergeSavedReports(database, source);
  }
  rebuildCurrentEndpoints(database);
  const after = countInventory(database);
  return {
    added: {
      runs: after.runs - before.runs,
      endpoints: after.endpoints - before.endpoints,
      observations: after.observations - before.observations,
      certificates: after.certificates - before.certificates,
    },
    annotations,
  };
}

function mergeObserved(database: Database, source: string): void {
  const lastKnown =
    database.prepare<[], number>('select coalesce(max(id), 0) from main.endpoint').pluck().get() ?? 0;
  const shared = mergeNewRuns(database, source);
  speakForShiftedRuns(database, source, shared);
  mergeFacts(database, source);
  noteSpokenEndpoints(database, lastKnown);
  // By the clock that this inventory has kept so far.
  unpackNewlySpoken(database);
  joinSharedRuns(database, source, shared);
  database.exec(copyRowsSql(database, source, 'observation', { onConflict: KEEP_BETTER_OBSERVATION }));
  mergeBareObservations(database, source);
  countSharedRuns(database, shared);
}
