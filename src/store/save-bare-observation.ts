import type { Database } from 'better-sqlite3';
import { blockOfBareEntry, encodeBareEntry, hasBareEntry } from './bare-entry.js';

/** A bare observation by the numbers of its facts. */
export interface BareToSave {
  readonly address: Uint8Array;
  readonly port: number;
  readonly protocol: string;
  readonly runId: number;
  /** When the run started, in milliseconds since 1970, UTC; so is when it was observed. */
  readonly startedAt: number;
  readonly observedAt: number;
  readonly outcomeId: number;
  readonly judgementId: number;
}

/** Packs a bare observation that is not there yet; false: it must be a row, since its endpoint or its time demands it. */
export type SaveBareObservation = (bare: BareToSave) => boolean;

type PackedRow = [
  block: Uint8Array,
  port: number,
  protocol: string,
  runId: number,
  outcomeId: number,
  judgementId: number,
  entry: Uint8Array,
];

/** Prepares all statements that packing needs. */
export function prepareSaveBareObservation(database: Database): SaveBareObservation {
  const findEndpoint = database
    .prepare<[Uint8Array, number, string], number>(
      `select id from endpoint
      where address = ? and port = ? and protocol = ? and server_name = '' and host = ''`,
    )
    .pluck();
  const findSimilar = database
    .prepare<[Uint8Array, number, string, number, Uint8Array], Buffer>(
      `select entries from bare_observation
      where block = ? and port = ? and protocol = ? and run_id = ? and instr(entries, ?) > 0`,
    )
    .pluck();
  const append = database.prepare<PackedRow>(APPEND_BARE_ENTRY_SQL);

  return ({ address, port, protocol, runId, startedAt, observedAt, outcomeId, judgementId }) => {
    const block = blockOfBareEntry(address);
    const entry = encodeBareEntry(address, startedAt, observedAt);
    if (block === null || entry === null) return false;
    if (findEndpoint.get(address, port, protocol) !== undefined) return false;
    // Whatever it was found to be then: an endpoint is observed once at a time. Bytes that look alike may be no entry.
    const similar = findSimilar.all(block, port, protocol, runId, entry);
    if (similar.some((entries) => hasBareEntry(entries, entry))) return true;
    append.run(block, port, protocol, runId, outcomeId, judgementId, entry);
    return true;
  };
}

/** Writes an entry behind those of its row; in SQL, `||` makes texts of blobs. */
export const APPEND_BARE_ENTRY_SQL = `
  insert into bare_observation (block, port, protocol, run_id, outcome_id, judgement_id, entries)
  values (?, ?, ?, ?, ?, ?, ?)
  on conflict do update set entries = cast(entries || excluded.entries as blob)`;
