import type { Database } from 'better-sqlite3';
import {
  blockOfBareEntry,
  decodeBareEntries,
  encodeBareEntry,
  hasBareEntry,
  withoutBareEntry,
} from './bare-entry.js';
import type { Row } from './find-or-insert.js';
import { APPEND_BARE_ENTRY_SQL } from './save-bare-observation.js';

/** A packed observation that was found. */
export interface FoundBare {
  readonly judgementId: number;
  /** As it is kept: to the tenth of a second. */
  readonly observedAt: number;
  /** Gives it another judgement, without findings. */
  replace(judgementId: number): void;
}

/** Looks for a packed observation by endpoint, run and time; null: it is not packed. */
export type FindBare = (endpoint: Row<'endpoint'>, run: string, observedAt: number) => FoundBare | null;

interface PackedRow {
  readonly run_id: number;
  readonly outcome_id: number;
  readonly judgement_id: number;
  readonly entries: Buffer;
}

type Key = [
  block: Uint8Array,
  port: number,
  protocol: string,
  runId: number,
  outcomeId: number,
  judgementId: number,
];

/** Prepares all statements that judging packed observations again needs. */
export function prepareFindBare(database: Database): FindBare {
  const findStart = database
    .prepare<[string], number>('select started_at from scan_run where uuid = ?')
    .pluck();
  const find = database.prepare<[Uint8Array, number, string, string], PackedRow>(
    `select run_id, outcome_id, judgement_id, entries from bare_observation
    where block = ? and port = ? and protocol = ? and run_id = (select id from scan_run where uuid = ?)`,
  );
  const where =
    'where block = ? and port = ? and protocol = ? and run_id = ? and outcome_id = ? and judgement_id = ?';
  const update = database.prepare<[Uint8Array, ...Key]>(`update bare_observation set entries = ? ${where}`);
  const remove = database.prepare<Key>(`delete from bare_observation ${where}`);
  const append = database.prepare<[...Key, Uint8Array]>(APPEND_BARE_ENTRY_SQL);

  return ({ address, host, port, protocol, server_name: serverName }, run, observedAt) => {
    const block = blockOfBareEntry(address);
    const startedAt = findStart.get(run);
    if (block === null || startedAt === undefined || host !== '' || serverName !== '') return null;
    const entry = encodeBareEntry(address, startedAt, observedAt);
    if (entry === null) return null;
    const row = find.all(block, port, protocol, run).find(({ entries }) => hasBareEntry(entries, entry));
    if (row === undefined) return null;
    const { run_id: runId, outcome_id: outcomeId, judgement_id: before, entries } = row;
    return {
      judgementId: before,
      observedAt: decodeBareEntries(entry, startedAt)[0]?.observedAt ?? observedAt,
      replace(judgementId) {
        if (judgementId === before) return;
        const key: Key = [block, port, protocol, runId, outcomeId, before];
        const others = withoutBareEntry(entries, entry);
        if (others.length === 0) remove.run(...key);
        else update.run(others, ...key);
        append.run(block, port, protocol, runId, outcomeId, judgementId, entry);
      },
    };
  };
}
