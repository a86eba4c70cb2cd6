import { countInventory, type InventoryCounts } from './count-inventory.js';
import { describeStoreError } from './describe-store-error.js';
import { openDatabase } from './open-database.js';
import { prunePacked } from './prune-packed.js';
import { rebuildCurrentEndpoints } from './rebuild-current-endpoints.js';
import { pruneJudgements } from './replace-judgements.js';

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
      .prepare<[number, number]>(
        `create temporary table old_run as
        select id from scan_run where state <> 'running' and started_at < ? and id not in (
          select id from scan_run order by started_at desc, uuid desc limit ?)`,
      )
      .run(keepSince.getTime(), keepRuns);
    // What counts now is read from there.
    rebuildCurrentEndpoints(database);
    database.exec(OBSERVATIONS);
    prunePacked(database);
    database.exec(RUNS);
    database.exec(FACTS);
    pruneJudgements(database);
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
  delete from scan_run where id in (select id from old_run);`;

/** Certificates that never were in a chain came from elsewhere, such as a disk, and stay. */
const FACTS = `
  delete from outcome where id not in (select outcome_id from observation union select outcome_id from bare_observation);
  delete from plain_talk where id not in (select plain_talk_id from observation where plain_talk_id is not null);
  delete from handshake where id not in (select handshake_id from observation where handshake_id is not null);
  delete from stapled_response where id not in (
    select stapled_response_id from observation where stapled_response_id is not null);
  create temporary table old_posture as select id from posture where id not in (
    select posture_id from observation where posture_id is not null);
  delete from posture_chain where posture_id in (select id from old_posture);
  delete from posture where id in (select id from old_posture);
  delete from endpoint_chain where not exists (
    select 1 from observation where observation.endpoint_id = endpoint_chain.endpoint_id and (
      observation.chain_id = endpoint_chain.chain_id or exists (
        select 1 from posture_chain where posture_chain.posture_id = observation.posture_id
          and posture_chain.chain_id = endpoint_chain.chain_id)));
  create temporary table old_chain as select id from chain where id not in (
    select chain_id from observation where chain_id is not null union select chain_id from posture_chain);
  create temporary table old_certificate as
    select distinct certificate_id as id from chain_certificate where chain_id in (select id from old_chain);
  delete from chain_certificate where chain_id in (select id from old_chain);
  delete from chain where id in (select id from old_chain);
  delete from old_certificate where id in (select certificate_id from chain_certificate);
  delete from certificate_finding where certificate_id in (select id from old_certificate);
  delete from revocation_answer where certificate_sha256 in (
    select sha256 from certificate where id in (select id from old_certificate));
  delete from certificate where id in (select id from old_certificate);`;
