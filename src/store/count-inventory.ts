import type { Database } from 'better-sqlite3';
import { BARE_ENTRY_COUNT_SQL, decodeBareEntries } from './bare-entry.js';

/** How much an inventory holds, of each kind. */
export interface InventoryCounts {
  readonly runs: number;
  readonly endpoints: number;
  readonly observations: number;
  readonly certificates: number;
}

/** Counts what an inventory holds, packed or not. */
export function countInventory(database: Database): InventoryCounts {
  const count = (sql: string): number => database.prepare<[], number>(sql).pluck().get() ?? 0;
  return {
    runs: count('select count(*) from main.scan_run'),
    endpoints: count('select count(*) from main.endpoint') + countPackedEndpoints(database),
    observations:
      count('select count(*) from main.observation') +
      count(`select coalesce(sum(${BARE_ENTRY_COUNT_SQL}), 0) from main.bare_observation`),
    certificates: count('select count(*) from main.certificate'),
  };
}

/** Rows of one block, port and protocol follow each other; what differs in the first byte of an entry is another endpoint. */
function countPackedEndpoints(database: Database): number {
  const rows = database
    .prepare<[], [block: Buffer, port: number, protocol: string, entries: Buffer]>(
      'select block, port, protocol, entries from main.bare_observation order by block, port, protocol',
    )
    .raw();
  let total = 0;
  let before: readonly [Buffer, number, string] | null = null;
  const seen = new Set<number>();
  for (const [block, port, protocol, entries] of rows.iterate()) {
    if (before?.[1] !== port || before[2] !== protocol || !before[0].equals(block)) {
      total += seen.size;
      seen.clear();
      before = [block, port, protocol];
    }
    for (const { last } of decodeBareEntries(entries, 0)) seen.add(last);
  }
  return total + seen.size;
}
