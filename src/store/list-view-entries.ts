import type { Database } from 'better-sqlite3';
import { PROVISIONAL_RUNS_SQL } from './provisional-runs.js';
import { SAYS_SOMETHING_SQL, type ViewChoice } from './view-choice.js';
import type { NaturalEntry, ViewEntry } from './view-entry.js';

// Why two orders: observations lie in the order of the numbers of their endpoints, so that two views of one inventory are
// read side by side without sorting anything. Numbers mean nothing in another inventory; there natural keys must do, which
// SQLite sorts, on the disk where memory does not suffice. Packed observations are left out: their endpoints have never
// presented a certificate, and whoever needs one finds it by its endpoint.

type EntryRow = [
  endpointId: number,
  runId: number,
  observedAt: number,
  plannedProtocol: string | null,
  outcomeId: number,
  chainId: number | null,
  judgementId: number,
];

type NaturalRow = [
  ...EntryRow,
  address: Buffer,
  port: number,
  protocol: string,
  serverName: string,
  host: string,
  chainHash: Buffer | null,
  judgementHash: Buffer,
];

/** The other columns are those of the row with the latest time: so SQLite defines it where `max` is all that is asked. */
function entriesSql(choice: ViewChoice, alsoThat = '1 = 1'): string {
  const condition =
    'run' in choice
      ? 'run_id = (select id from scan_run where uuid = ?)'
      : `observed_at <= ? and run_id not in ${PROVISIONAL_RUNS_SQL}`;
  return `
    select endpoint_id, run_id, max(observed_at) as observed_at, planned_protocol, outcome_id, chain_id, judgement_id
    from observation where ${condition} and ${alsoThat} and ${SAYS_SOMETHING_SQL}
    group by endpoint_id`;
}

function parameterOf(choice: ViewChoice): string | number {
  return 'run' in choice ? choice.run : choice.until;
}

/** Entries fetched at once: what is fetched as one text costs half of what so many rows cost. */
const ENTRIES_AT_ONCE = 4000;

/** Reads the entries of a view that are rows, in the order of the numbers of their endpoints. */
export function* listViewEntries(database: Database, choice: ViewChoice): Generator<ViewEntry> {
  const statement = database
    .prepare<[string | number, number], string>(
      `select json_group_array(json_array(
        endpoint_id, run_id, observed_at, planned_protocol, outcome_id, chain_id, judgement_id))
      from (${entriesSql(choice, 'endpoint_id > ?')} order by endpoint_id limit ${ENTRIES_AT_ONCE})`,
    )
    .pluck();
  let last = 0;
  for (;;) {
    const rows: readonly EntryRow[] = JSON.parse(statement.get(parameterOf(choice), last) ?? '[]');
    for (const row of rows) yield toEntry(row);
    if (rows.length < ENTRIES_AT_ONCE) return;
    last = rows.at(-1)?.[0] ?? last;
  }
}

/** Reads them in the order of their endpoints' natural keys: address, port, protocol, server name, host. */
export function* listNaturalEntries(database: Database, choice: ViewChoice): Generator<NaturalEntry> {
  const statement = database.prepare<[string | number], NaturalRow>(`
    select entry.*, endpoint.address, endpoint.port, endpoint.protocol, endpoint.server_name, endpoint.host,
      chain.content_hash, judgement.content_hash
    from (${entriesSql(choice)}) as entry
    cross join endpoint on endpoint.id = entry.endpoint_id
    inner join judgement on judgement.id = entry.judgement_id
    left join chain on chain.id = entry.chain_id
    order by endpoint.address, endpoint.port, endpoint.protocol, endpoint.server_name, endpoint.host`);
  for (const row of statement.raw().iterate(parameterOf(choice))) {
    const [, , , , , , , address, port, protocol, serverName, host, chainHash, judgementHash] = row;
    yield { ...toEntry(row), address, port, protocol, serverName, host, chainHash, judgementHash };
  }
}

function toEntry(row: Readonly<EntryRow> | Readonly<NaturalRow>): ViewEntry {
  return {
    endpointId: row[0],
    runId: row[1],
    observedAt: row[2],
    plannedProtocol: row[3],
    outcomeId: row[4],
    chainId: row[5],
    judgementId: row[6],
  };
}
