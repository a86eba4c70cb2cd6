import type { Database } from 'better-sqlite3';
import { addressOfBareEntry, decodeBareEntries } from './bare-entry.js';
import type { SharedRun } from './shared-run.js';

interface PackedRow {
  readonly block: Buffer;
  readonly port: number;
  readonly protocol: string;
  readonly entries: Buffer;
}

/**
 * Two inventories that do not agree when a run started count its time from different moments: endpoints of which
 * something is packed of that run on either side get rows, which have their times in full.
 */
export function speakForShiftedRuns(
  database: Database,
  attached: string,
  shared: readonly SharedRun[],
): void {
  const insert = database.prepare<[Uint8Array, number, string]>(
    `insert into main.endpoint (address, port, protocol, server_name, host) values (?, ?, ?, '', '')
    on conflict do nothing`,
  );
  const selectFrom = (schema: string) =>
    database.prepare<[number], PackedRow>(
      `select block, port, protocol, entries from ${schema}.bare_observation where run_id = ?`,
    );
  const [selectHere, selectSource] = [selectFrom('main'), selectFrom(attached)];
  for (const { id, row, sourceId, sourceRow } of shared) {
    if (row.started_at === sourceRow.started_at) continue;
    for (const { block, entries, port, protocol } of [...selectHere.all(id), ...selectSource.all(sourceId)])
      for (const { last } of decodeBareEntries(entries, 0))
        insert.run(addressOfBareEntry(block, last), port, protocol);
  }
}
