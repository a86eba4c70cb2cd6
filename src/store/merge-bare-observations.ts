import type { Database } from 'better-sqlite3';
import { decodeBareEntries, splitSpokenEntries } from './bare-entry.js';
import { KEEP_BETTER_OBSERVATION } from './keep-better-observation.js';
import { mergedTable } from './mapped-columns.js';
import { prepareMergePacked } from './merge-packed.js';
import { prepareReadSpoken, SPOKEN } from './spoken-endpoints.js';
import { TOUCHED } from './touched-endpoints.js';

/** Packed rows read at once: a megabyte. */
const ROWS_AT_ONCE = 2_000;

type Place = [block: Buffer, port: number, protocol: string, run: number, outcome: number, judgement: number];

/** A packed row of the attached inventory with its place there, and the numbers that it has here. */
interface IncomingRow {
  readonly block: Buffer;
  readonly port: number;
  readonly protocol: string;
  readonly run_id: number;
  readonly outcome_id: number;
  readonly judgement_id: number;
  readonly entries: Buffer;
  readonly started_at: number;
  readonly run: number;
  readonly outcome: number;
  readonly judgement: number;
  readonly is_shared: number;
}

/** Takes the packed observations of an attached inventory: endpoints that have rows here get rows of them. */
export function mergeBareObservations(database: Database, attached: string): void {
  const isSpoken = `exists (select 1 from ${SPOKEN} as spoken
    where spoken.block = source.block and spoken.port = source.port and spoken.protocol = source.protocol)`;
  const from = `from ${attached}.bare_observation as source
    cross join ${mergedTable('scan_run')} as to_run on to_run.source_id = source.run_id
    cross join ${mergedTable('outcome')} as to_outcome on to_outcome.source_id = source.outcome_id
    cross join ${mergedTable('judgement')} as to_judgement on to_judgement.source_id = source.judgement_id`;
  // Most of a network is silent, and most runs are new here: such rows are copied as they are.
  database.exec(`
    insert into main.bare_observation (block, port, protocol, run_id, outcome_id, judgement_id, entries)
    select block, port, protocol, to_run.id, to_outcome.id, to_judgement.id, entries ${from}
    where to_run.is_shared = 0 and not ${isSpoken}`);
  const select = database.prepare<[...Place, number], IncomingRow>(
    `select block, port, protocol, source.run_id, source.outcome_id, source.judgement_id, entries,
      run.started_at, to_run.id as run, to_outcome.id as outcome, to_judgement.id as judgement, is_shared ${from}
    cross join ${attached}.scan_run as run on run.id = source.run_id
    where (block, port, protocol, source.run_id, source.outcome_id, source.judgement_id) > (?, ?, ?, ?, ?, ?)
      and (to_run.is_shared = 1 or ${isSpoken})
    order by block, port, protocol, source.run_id, source.outcome_id, source.judgement_id
    limit ?`,
  );
  const readSpoken = prepareReadSpoken(database);
  const mergePacked = prepareMergePacked(database);
  const insert = database.prepare<[number, number, number, number, number]>(
    `insert into main.observation (endpoint_id, run_id, observed_at, outcome_id, judgement_id)
    values (?, ?, ?, ?, ?) on conflict ${KEEP_BETTER_OBSERVATION}`,
  );
  const touch = database.prepare<[number]>(`insert or ignore into ${TOUCHED} (id) values (?)`);
  let after: Place = [Buffer.alloc(0), -1, '', -1, -1, -1];
  for (;;) {
    const rows = select.all(...after, ROWS_AT_ONCE);
    for (const row of rows) {
      const { block, entries, is_shared, judgement, outcome, port, protocol, run } = row;
      const spoken = readSpoken(block, port, protocol);
      const [own, others] = splitSpokenEntries(entries, spoken);
      for (const { last, observedAt } of decodeBareEntries(own, row.started_at)) {
        const endpointId = spoken.get(last);
        if (endpointId === undefined) continue;
        if (insert.run(endpointId, run, observedAt, outcome, judgement).changes > 0) touch.run(endpointId);
      }
      if (others.length > 0)
        mergePacked({ block, port, protocol, run, outcome, judgement, entries: others }, is_shared === 1);
    }
    const last = rows.at(-1);
    if (last === undefined || rows.length < ROWS_AT_ONCE) return;
    after = [last.block, last.port, last.protocol, last.run_id, last.outcome_id, last.judgement_id];
  }
}

/** Makes rows of what is packed here of endpoints that have just got rows. */
export function unpackNewlySpoken(database: Database): void {
  const blocks = database
    .prepare<[], [block: Buffer, port: number, protocol: string]>(
      `select distinct block, port, protocol from ${SPOKEN} where is_new = 1`,
    )
    .raw()
    .all();
  const select = database.prepare<[Buffer, number, string], Omit<IncomingRow, 'is_shared'>>(
    `select bare.*, started_at from main.bare_observation as bare
    inner join main.scan_run on scan_run.id = bare.run_id
    where block = ? and port = ? and protocol = ?`,
  );
  const where =
    'where block = ? and port = ? and protocol = ? and run_id = ? and outcome_id = ? and judgement_id = ?';
  const update = database.prepare<[Buffer, ...Place]>(
    `update main.bare_observation set entries = ? ${where}`,
  );
  const remove = database.prepare<Place>(`delete from main.bare_observation ${where}`);
  const insert = database.prepare<[number, number, number, number, number]>(
    `insert into main.observation (endpoint_id, run_id, observed_at, outcome_id, judgement_id)
    values (?, ?, ?, ?, ?) on conflict do nothing`,
  );
  const touch = database.prepare<[number]>(`insert or ignore into ${TOUCHED} (id) values (?)`);
  const readSpoken = prepareReadSpoken(database);
  for (const [block, port, protocol] of blocks) {
    const spoken = readSpoken(block, port, protocol);
    for (const row of select.all(block, port, protocol)) {
      const { judgement_id: judgement, outcome_id: outcome, run_id: run } = row;
      const [own, others] = splitSpokenEntries(row.entries, spoken);
      if (own.length === 0) continue;
      for (const { last, observedAt } of decodeBareEntries(own, row.started_at)) {
        const endpointId = spoken.get(last);
        if (endpointId === undefined) continue;
        insert.run(endpointId, run, observedAt, outcome, judgement);
        touch.run(endpointId);
      }
      const place: Place = [block, port, protocol, run, outcome, judgement];
      if (others.length === 0) remove.run(...place);
      else update.run(others, ...place);
    }
  }
}
