import type { Database } from 'better-sqlite3';
import { chosenBy, chosenSql, SAYS_SOMETHING_SQL, type ViewChoice } from './view-choice.js';
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
  address: string,
  port: number,
  protocol: string,
  serverName: string,
  host: string,
  chainHash: string,
  judgementHash: string,
];

/** The other columns are those of the row with the latest time: so SQLite defines it where `max` is all that is asked. */
function entriesSql(choice: ViewChoice, from: string): string {
  return `
    select endpoint_id, run_id, max(observed_at) as observed_at, planned_protocol, outcome_id, chain_id, judgement_id
    from ${from} and ${chosenSql(choice)} and ${SAYS_SOMETHING_SQL}
    group by endpoint_id`;
}

/** Endpoints asked for at once: what is fetched as one text costs half of what so many rows cost. */
const ENDPOINTS_AT_ONCE = 4000;

/** Reads the entries of some endpoints, whose numbers ascend, as far as a view shows them. */
export function* listEntriesOf(
  database: Database,
  choice: ViewChoice,
  endpointIds: readonly number[],
): Generator<ViewEntry> {
  const statement = prepareEntries(
    database,
    choice,
    'json_each(?) as ids cross join observation on observation.endpoint_id = ids.value where true',
  );
  for (let i = 0; i < endpointIds.length; i += ENDPOINTS_AT_ONCE) {
    const asked = JSON.stringify(endpointIds.slice(i, i + ENDPOINTS_AT_ONCE));
    for (const row of parseRows(statement.get(asked, chosenBy(choice)))) yield toEntry(row);
  }
}

/** Reads the entries of a view that are rows, in the order of the numbers of their endpoints. */
export function* listViewEntries(database: Database, choice: ViewChoice): Generator<ViewEntry> {
  const statement = prepareEntries(database, choice, 'observation where endpoint_id > ?');
  let last = 0;
  for (;;) {
    const rows = parseRows(statement.get(last, chosenBy(choice)));
    for (const row of rows) yield toEntry(row);
    if (rows.length < ENDPOINTS_AT_ONCE) return;
    last = rows.at(-1)?.[0] ?? last;
  }
}

function prepareEntries(database: Database, choice: ViewChoice, from: string) {
  return database
    .prepare<(string | number)[], string>(
      `select json_group_array(json_array(
        endpoint_id, run_id, observed_at, planned_protocol, outcome_id, chain_id, judgement_id))
      from (${entriesSql(choice, from)} order by endpoint_id limit ${ENDPOINTS_AT_ONCE})`,
    )
    .pluck();
}

function parseRows(json: string | undefined): readonly EntryRow[] {
  return JSON.parse(json ?? '[]');
}

/** Reads them in the order of their endpoints' natural keys: address, port, protocol, server name, host. */
export function* listNaturalEntries(database: Database, choice: ViewChoice): Generator<NaturalEntry> {
  // As one text, which costs half of what so many columns cost.
  const statement = database
    .prepare<[string | number], string>(`
      select json_array(entry.endpoint_id, entry.run_id, entry.observed_at, entry.planned_protocol, entry.outcome_id,
        entry.chain_id, entry.judgement_id, hex(endpoint.address), endpoint.port, endpoint.protocol,
        endpoint.server_name, endpoint.host, hex(chain.content_hash), hex(judgement.content_hash))
      from (${entriesSql(choice, 'observation where true')}) as entry
      cross join endpoint on endpoint.id = entry.endpoint_id
      inner join judgement on judgement.id = entry.judgement_id
      left join chain on chain.id = entry.chain_id
      order by endpoint.address, endpoint.port, endpoint.protocol, endpoint.server_name, endpoint.host`)
    .pluck();
  for (const json of statement.iterate(chosenBy(choice))) {
    const row: NaturalRow = JSON.parse(json);
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
