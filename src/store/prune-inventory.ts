import { countInventory, type InventoryCounts } from './count-inventory.js';
import { describeStoreError } from './describe-store-error.js';
import { openDatabase } from './open-database.js';
import { prunePacked } from './prune-packed.js';
import { rebuildCurrentEndpoints } from './rebuild-current-endpoints.js';
import { removeUnusedFacts } from './remove-unused-facts.js';

/** Which runs stay: those that either of two rules keeps. */
export interface PruneRule {
  /** So many of the latest. */
  readonly keepRuns: number;
  /** Those that started at this moment or later. */
  readonly keepSince: Date;
  /** Tells what would be removed, and removes nothing. */
  readonly isDryRun?: boolean;
}

/**
 * Removes what runs of the past have observed, and whatever nothing refers to any more: all of it or, when it throws,
 * nothing; tells how much. The last observation of an endpoint stays, and the last that brought a certificate, with all
 * that they refer to and their run.
 */
export function pruneInventory(path: string, { isDryRun, keepRuns, keepSince }: PruneRule): InventoryCounts {
  const database = openDatabase(path, {});
  try {
    // Only what nothing refers to is deleted; proving it row by row would read all observations each time.
    database.pragma('foreign_keys = OFF');
    database.exec('begin immediate');
    const before = countInventory(database);
    database
      .prepare<[Record<'keepRuns' | 'keepSince', number>]>(
        // What is to replace all others takes no place of theirs, and stays as long as there are older ones that do.
        `create temporary table old_run as
        with latest as (
          select id, started_at from scan_run where is_provisional = 0
          order by started_at desc, uuid desc limit @keepRuns)
        select id from scan_run where state <> 'running' and started_at < @keepSince and case is_provisional
          when 1 then not exists (select 1 from latest where latest.started_at <= scan_run.started_at)
          else id not in (select id from latest) end`,
      )
      .run({ keepRuns, keepSince: keepSince.getTime() });
    // What counts now is read from there.
    rebuildCurrentEndpoints(database);
    database.exec(OBSERVATIONS);
    prunePacked(database);
    database.exec(RUNS);
    removeUnusedFacts(database);
    database.exec(ANSWERS);
    rebuildCurrentEndpoints(database);
    const after = countInventory(database);
    database.exec(isDryRun ? 'rollback' : 'commit');
    return {
      runs: before.runs - after.runs,
      endpoints: before.endpoints - after.endpoints,
      observations: before.observations - after.observations,
      certificates: before.certificates - after.certificates,
    };
  } catch (error) {
    throw describeStoreError(error, path, 'prune');
  } finally {
    // What is not committed goes with the connection.
    database.close();
  }
}

const OBSERVATIONS = `
  delete from observation where run_id in (select id from old_run) and not exists (
    select 1 from current_endpoint as current where current.endpoint_id = observation.endpoint_id
      and ((current.run_id = observation.run_id and current.observed_at = observation.observed_at)
        or (current.last_run_id = observation.run_id and current.last_observed_at = observation.observed_at)));`;

const RUNS = `
  delete from old_run where id in (select run_id from observation union select run_id from bare_observation);
  delete from run_progress where run_id in (select id from old_run);
  delete from plan_selection where run_id in (select id from old_run);
  delete from scan_run where id in (select id from old_run);
  delete from endpoint where id not in (select endpoint_id from observation);`;

const ANSWERS = 'delete from revocation_answer where certificate_sha256 in (select sha256 from old_digest)';
