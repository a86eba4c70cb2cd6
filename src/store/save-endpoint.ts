import type { Database } from 'better-sqlite3';
import { blockOfBareEntry, decodeBareEntries, splitBareEntries } from './bare-entry.js';
import type { Row } from './find-or-insert.js';

/** Finds or writes an endpoint and returns its number; what is packed of a new one becomes rows. */
export type SaveEndpoint = (row: Row<'endpoint'>) => number;

type NaturalKey = [address: Uint8Array, port: number, protocol: string, serverName: string, host: string];

interface PackedRow {
  readonly run_id: number;
  readonly started_at: number;
  readonly outcome_id: number;
  readonly judgement_id: number;
  readonly entries: Buffer;
}

/** Prepares all statements that saving endpoints needs. */
export function prepareSaveEndpoint(database: Database): SaveEndpoint {
  const find = database
    .prepare<NaturalKey, number>(
      'select id from endpoint where address = ? and port = ? and protocol = ? and server_name = ? and host = ?',
    )
    .pluck();
  const insert = database.prepare<NaturalKey>(
    `insert into endpoint (address, port, protocol, server_name, host) values (?, ?, ?, ?, ?)
    on conflict do nothing`,
  );
  const unpack = prepareUnpack(database);
  // Endpoints of a scan are mostly new or mostly known: trying first what the last one was saves a statement.
  let wasNew = true;

  return (row) => {
    const { address, port, protocol, server_name: serverName, host } = row;
    const findId = () => find.get(address, port, protocol, serverName, host);
    const known = wasNew ? undefined : findId();
    if (known !== undefined) return known;
    const { changes, lastInsertRowid } = insert.run(address, port, protocol, serverName, host);
    wasNew = changes > 0;
    const id = wasNew ? Number(lastInsertRowid) : findId();
    if (id === undefined) throw new Error('an endpoint is neither new nor known');
    if (wasNew && serverName === '' && host === '') unpack(id, row);
    return id;
  };
}

function prepareUnpack(database: Database) {
  const find = database.prepare<[Uint8Array, number, string, Uint8Array], PackedRow>(
    `select run_id, started_at, outcome_id, judgement_id, entries
    from bare_observation inner join scan_run on scan_run.id = run_id
    where block = ? and port = ? and protocol = ? and instr(entries, ?) > 0`,
  );
  const where =
    'where block = ? and port = ? and protocol = ? and run_id = ? and outcome_id = ? and judgement_id = ?';
  type Key = [Uint8Array, number, string, number, number, number];
  const update = database.prepare<[Uint8Array, ...Key]>(`update bare_observation set entries = ? ${where}`);
  const remove = database.prepare<Key>(`delete from bare_observation ${where}`);
  const insert = database.prepare<[number, number, number, number, number]>(
    `insert into observation (endpoint_id, run_id, observed_at, outcome_id, judgement_id)
    values (?, ?, ?, ?, ?) on conflict do nothing`,
  );

  return (id: number, { address, port, protocol }: Row<'endpoint'>): void => {
    const block = blockOfBareEntry(address);
    if (block === null) return;
    const lastByte = address.subarray(-1);
    for (const row of find.all(block, port, protocol, lastByte)) {
      const [own, others] = splitBareEntries(row.entries, lastByte[0] ?? 0);
      if (own.length === 0) continue;
      for (const { observedAt } of decodeBareEntries(own, row.started_at))
        insert.run(id, row.run_id, observedAt, row.outcome_id, row.judgement_id);
      const key: Key = [block, port, protocol, row.run_id, row.outcome_id, row.judgement_id];
      if (others.length === 0) remove.run(...key);
      else update.run(others, ...key);
    }
  };
}
