import type { Database } from 'better-sqlite3';
import type { Endpoint } from '../model/endpoint.js';
import { blockOfBareEntry, decodeBareEntries, splitBareEntries } from './bare-entry.js';
import { toEndpointRow } from './endpoint-row.js';
import type { Row } from './find-or-insert.js';
import { PROVISIONAL_RUNS } from './provisional-runs.js';
import { chosenBy, chosenSql, SAYS_SOMETHING_SQL, type ViewChoice } from './view-choice.js';
import type { ViewEntry } from './view-entry.js';

/** Looks for the entry of an endpoint in a view, packed or not; null: the view does not know the endpoint. */
export type FindViewEntry = (endpoint: Endpoint) => ViewEntry | null;

/** Prepares looking for entries of a view. */
export function prepareFindViewEntry(database: Database, choice: ViewChoice): FindViewEntry {
  const findId = prepareFindEndpointId(database);
  const findPacked = prepareFindPacked(database, choice);
  const findRow = database.prepare<[number, string | number], ViewEntry>(
    `select endpoint_id as endpointId, run_id as runId, observed_at as observedAt,
      planned_protocol as plannedProtocol, outcome_id as outcomeId, chain_id as chainId, judgement_id as judgementId
    from observation
    where endpoint_id = ? and ${chosenSql(choice)} and ${SAYS_SOMETHING_SQL}
    order by observed_at desc limit 1`,
  );
  return (endpoint) => {
    const row = toEndpointRow(endpoint);
    const id = findId(row);
    if (id !== null) return findRow.get(id, chosenBy(choice)) ?? null;
    return row.host === '' && row.server_name === '' ? findPacked(row) : null;
  };
}

/** Prepares looking for the number of an endpoint; null: all that is known of it is packed, or nothing is. */
export function prepareFindEndpointId(database: Database): (row: Row<'endpoint'>) => number | null {
  const statement = database
    .prepare<[Uint8Array, number, string, string, string], number>(
      'select id from endpoint where address = ? and port = ? and protocol = ? and server_name = ? and host = ?',
    )
    .pluck();
  return ({ address, port, protocol, server_name: serverName, host }) =>
    statement.get(address, port, protocol, serverName, host) ?? null;
}

interface PackedRow {
  readonly run_id: number;
  readonly started_at: number;
  readonly outcome_id: number;
  readonly judgement_id: number;
  readonly entries: Buffer;
}

function prepareFindPacked(database: Database, choice: ViewChoice) {
  const isOfRun = 'run' in choice;
  const statement = database.prepare<[Uint8Array, number, string, string | number], PackedRow>(
    `select run_id, started_at, outcome_id, judgement_id, entries
    from (select *, null as chain_id from bare_observation) inner join scan_run on scan_run.id = run_id
    where block = ? and port = ? and protocol = ? and ${isOfRun ? 'scan_run.uuid = ?' : `started_at <= ? and run_id not in ${PROVISIONAL_RUNS}`}
      and ${SAYS_SOMETHING_SQL}`,
  );
  const until = isOfRun ? Number.POSITIVE_INFINITY : choice.until;

  return ({ address, port, protocol }: Row<'endpoint'>): ViewEntry | null => {
    const block = blockOfBareEntry(address);
    if (block === null) return null;
    const last = address[address.length - 1] ?? 0;
    let latest: ViewEntry | null = null;
    for (const row of statement.iterate(block, port, protocol, isOfRun ? choice.run : choice.until)) {
      const [own] = splitBareEntries(row.entries, last);
      for (const { observedAt } of decodeBareEntries(own, row.started_at)) {
        if (observedAt > until || (latest !== null && latest.observedAt >= observedAt)) continue;
        latest = {
          endpointId: null,
          runId: row.run_id,
          observedAt,
          plannedProtocol: null,
          outcomeId: row.outcome_id,
          chainId: null,
          judgementId: row.judgement_id,
        };
      }
    }
    return latest;
  };
}
