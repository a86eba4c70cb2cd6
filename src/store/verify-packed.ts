import type { Database } from 'better-sqlite3';
import { decodeBareEntries, listBareEntries } from './bare-entry.js';
import { encodeHex } from './hex.js';
import { noteSpokenEndpoints, prepareReadSpoken } from './spoken-endpoints.js';

interface PackedRow {
  readonly block: Buffer;
  readonly port: number;
  readonly protocol: string;
  readonly run_id: number;
  readonly outcome_id: number;
  readonly judgement_id: number;
  readonly entries: Buffer;
}

type Place = [block: Buffer, port: number, protocol: string, run: number, outcome: number, judgement: number];

/** Rows read at once: a few megabytes. */
const ROWS_AT_ONCE = 10_000;

/** Looks for packed observations that cannot be: cut short, outside their block, there twice, or of an endpoint with rows. */
export function* verifyPacked(database: Database): Generator<string> {
  noteSpokenEndpoints(database, 0);
  const readSpoken = prepareReadSpoken(database);
  const select = database.prepare<Place, PackedRow>(
    `select * from bare_observation
    where (block, port, protocol, run_id, outcome_id, judgement_id) > (?, ?, ?, ?, ?, ?)
    order by block, port, protocol, run_id, outcome_id, judgement_id limit ${ROWS_AT_ONCE}`,
  );
  let before: PackedRow | null = null;
  const seen = new Set<number>();
  let after: Place = [Buffer.alloc(0), -1, '', -1, -1, -1];
  for (;;) {
    const rows = select.all(...after);
    for (const row of rows) {
      const { block, entries, port, protocol, run_id } = row;
      const place = `block ${encodeHex(block)}, port ${port}/${protocol}`;
      if (before === null || before.run_id !== run_id || !isSamePlace(before, row)) seen.clear();
      before = row;
      const isUpper = block.length === 4 || block.length === 16;
      if (!isUpper && block.length !== 3 && block.length !== 15) yield `${place} is no block of addresses`;
      if (entries.length === 0 || entries.length % 4 !== 0) {
        yield `${place} has ${entries.length} bytes of entries, which is no multiple of 4`;
        continue;
      }
      const spoken = readSpoken(block, port, protocol);
      for (const { last } of decodeBareEntries(entries, 0)) {
        if (last >= 128 !== isUpper) yield `${place} has an entry of another block`;
        if (spoken.has(last)) yield `${place} has an entry of an endpoint that has rows`;
      }
      for (const entry of listBareEntries(entries)) {
        if (seen.has(entry)) yield `${place} has an entry twice`;
        seen.add(entry);
      }
    }
    const end = rows.at(-1);
    if (end === undefined || rows.length < ROWS_AT_ONCE) return;
    after = [end.block, end.port, end.protocol, end.run_id, end.outcome_id, end.judgement_id];
  }
}

function isSamePlace(a: PackedRow, b: PackedRow): boolean {
  return a.port === b.port && a.protocol === b.protocol && a.block.equals(b.block);
}
