import { describeStoreError } from './describe-store-error.js';
import { findReplaceDoubt } from './find-replace-doubt.js';
import { InventoryError } from './inventory-error.js';
import { type OpenOptions, openDatabase } from './open-database.js';
import { refreshOverview } from './overview.js';
import { rebuildCurrentEndpoints } from './rebuild-current-endpoints.js';
import { removeUnusedFacts } from './remove-unused-facts.js';
import { saveFoundTags, type TagsOf } from './save-found-tags.js';

/** What came of replacing all other runs. */
export interface RunsReplaced {
  /** Why they stay as they are; null: the run is what the inventory tells now. */
  readonly doubt: string | null;
  /** How many are gone. */
  readonly removed: number;
  /** Ids of those that have not ended and may be going on elsewhere: they stay. */
  readonly goingOn: readonly string[];
}

/** How the run has ended that replaces the others. */
export interface ReplacingEnd {
  /** Milliseconds since 1970, UTC. */
  readonly endedAt: number;
  /** JSON: observations by outcome. */
  readonly counts: string;
  /** Tags for its endpoints; absent: none. */
  readonly tagsOf?: TagsOf | undefined;
}

/**
 * Makes a provisional run that has visited all of its plan the only one, or finds out why it must not be: all of it or,
 * when it throws, nothing. What people and CAs say stays, and so do saved reports, what comparing keys came to, and
 * certificates that came from elsewhere. The run is known by its UUID.
 */
export function replaceRuns(
  path: string,
  run: string,
  { counts, endedAt, tagsOf }: ReplacingEnd,
  options: Pick<OpenOptions, 'busyTimeoutMs'> = {},
): RunsReplaced {
  const database = openDatabase(path, options);
  try {
    // Only what nothing refers to is deleted; proving it row by row would read all observations each time.
    database.pragma('foreign_keys = OFF');
    database.exec('begin immediate');
    const id = database
      .prepare<[string], number>('select id from scan_run where uuid = ? and is_provisional = 1')
      .pluck()
      .get(run);
    if (id === undefined) throw new InventoryError(`${path} has no run ${run} that is to replace others`);
    const doubt = findReplaceDoubt(database, id);
    const list = (condition: string) =>
      database
        .prepare<[number], string>(
          `select uuid from scan_run where id <> ? and ${condition} order by started_at desc, uuid desc`,
        )
        .pluck()
        .all(id);
    const [removed, goingOn] = [list(HAS_ENDED).length, list(`not ${HAS_ENDED}`)];
    if (doubt !== null) return { doubt, removed: 0, goingOn };
    database.exec(
      `create temporary table old_run as select id from scan_run where id <> ${id} and ${HAS_ENDED}`,
    );
    database.exec(OBSERVED);
    removeUnusedFacts(database);
    database
      .prepare<[number, string, number]>(
        `update scan_run set is_provisional = 0, state = 'completed', ended_at = ?, counts = ? where id = ?`,
      )
      .run(endedAt, counts, id);
    if (tagsOf) saveFoundTags(database, run, tagsOf);
    rebuildCurrentEndpoints(database);
    refreshOverview(database, new Date(endedAt));
    database.exec('commit');
    return { doubt, removed, goingOn };
  } catch (error) {
    throw describeStoreError(error, path, 'save');
  } finally {
    // What is not committed goes with the connection.
    database.close();
  }
}

/** A run that was killed cannot be told from one that goes on elsewhere. */
const HAS_ENDED = "state <> 'running'";

/** Without its index of runs, as nearly all goes: in the order in which it lies there, each page is read once. */
const OBSERVED = `
  delete from observation where +run_id in (select id from old_run);
  delete from bare_observation where +run_id in (select id from old_run);
  delete from endpoint where id not in (select endpoint_id from observation);
  delete from run_progress where run_id in (select id from old_run);
  delete from plan_selection where run_id in (select id from old_run);
  delete from run_summary where run_id in (select id from old_run);
  delete from scan_run where id in (select id from old_run);`;
