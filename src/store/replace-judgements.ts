import type { Database } from 'better-sqlite3';
import { toObservationRecord } from '../model/observation-record.js';
import { isBareObservation } from './bare-observation.js';
import { toEndpointRow } from './endpoint-row.js';
import { prepareFindBare } from './find-bare.js';
import { prepareFollowEndpoint } from './follow-endpoint.js';
import { prepareSaveEndpoint } from './save-endpoint.js';
import { prepareSaveJudgement } from './save-judgement.js';
import type { JudgedObservation } from './save-observations.js';
import { prepareJudgeCurrent } from './write-current-endpoint.js';

/**
 * Gives stored observations new judgements, all of them or, when it throws, none; tells how many came out otherwise
 * than before. Observations that the inventory does not hold are passed over. `at` is milliseconds since 1970, UTC.
 */
export type ReplaceJudgements = (batch: readonly JudgedObservation[], at: number) => number;

/** Prepares all statements that replacing judgements needs, once for a connection. */
export function prepareReplaceJudgements(database: Database): ReplaceJudgements {
  const known = new Map<string, number>();
  const save = prepareSaveJudgement(database, (content, find) => {
    const id = known.get(content) ?? find();
    known.set(content, id);
    return id;
  });
  const find = database.prepare<
    [ReturnType<typeof keyOf>],
    { endpoint_id: number; run_id: number; judgement_id: number }
  >(
    `select observation.endpoint_id, observation.run_id, observation.judgement_id
    from endpoint
    inner join scan_run on scan_run.uuid = @run
    inner join observation on observation.endpoint_id = endpoint.id and observation.run_id = scan_run.id
      and observation.observed_at = @observed_at
    where endpoint.address = @address and endpoint.port = @port and endpoint.protocol = @protocol
      and endpoint.server_name = @server_name and endpoint.host = @host`,
  );
  const update = database.prepare<[number, number, number, number, number]>(
    `update observation set judgement_id = ?, regraded_at = ?
    where endpoint_id = ? and run_id = ? and observed_at = ?`,
  );

  const findBare = prepareFindBare(database);
  const saveEndpoint = prepareSaveEndpoint(database);
  const follow = prepareFollowEndpoint(database);
  const judgeCurrent = prepareJudgeCurrent(database);

  function saveJudgement({ observation, judgement }: JudgedObservation): number {
    const record = toObservationRecord(observation, judgement);
    return save(judgement, record.handshake?.stapledOcsp ?? null);
  }

  const replaceAll = database.transaction((batch: readonly JudgedObservation[], at: number) => {
    let changed = 0;
    for (const judged of batch) {
      const key = keyOf(judged.observation);
      let row = find.get(key);
      if (row === undefined) {
        const bare = findBare(toEndpointRow(judged.observation.endpoint), key.run, key.observed_at);
        if (bare === null) continue;
        if (isBareObservation(judged)) {
          const id = saveJudgement(judged);
          if (id !== bare.judgementId) changed += 1;
          bare.replace(id);
          continue;
        }
        // It has something to say now: its endpoint becomes a row, and so do all observations of it.
        follow.fold(saveEndpoint(toEndpointRow(judged.observation.endpoint)));
        key.observed_at = bare.observedAt;
        row = find.get(key);
        if (row === undefined) continue;
      }
      const id = saveJudgement(judged);
      if (id !== row.judgement_id) {
        changed += 1;
        judgeCurrent(row.endpoint_id, row.run_id, key.observed_at, id);
      }
      update.run(id, at, row.endpoint_id, row.run_id, key.observed_at);
    }
    return changed;
  });
  return (batch, at) => {
    known.clear();
    return replaceAll.immediate(batch, at);
  };
}

/** Deletes judgements that no observation has any more, and what belonged to them alone. */
export function pruneJudgements(database: Database): void {
  // What nothing refers to cannot break a reference, and proving it row by row would read all observations each time.
  database.pragma('foreign_keys = OFF');
  try {
    database.transaction(() => database.exec(PRUNE)).immediate();
  } finally {
    database.pragma('foreign_keys = ON');
  }
}

const PRUNE = `
  create temporary table judged as
    select judgement_id from observation union select judgement_id from bare_observation;
  delete from judgement_finding where judgement_id not in (select judgement_id from judged);
  delete from judgement where id not in (select judgement_id from judged);
  drop table judged;
  delete from finding_rule where id not in (select rule_id from judgement_finding);
  delete from waiver where id not in (select waiver_id from judgement_finding where waiver_id is not null)
    and id not in (select waiver_id from certificate_finding where waiver_id is not null);
  delete from grading where id not in (select grading_id from judgement where grading_id is not null);
  delete from revocation_report where id not in (
    select revocation_report_id from judgement where revocation_report_id is not null);`;

function keyOf({ endpoint, observedAt, run }: JudgedObservation['observation']) {
  return { ...toEndpointRow(endpoint), run, observed_at: Date.parse(observedAt) };
}
