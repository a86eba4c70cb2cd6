import { countInventory, type InventoryCounts } from './count-inventory.js';
import { attachInventories, MOST_ATTACHED, mergeAttached } from './merge-attached.js';
import { openDatabase } from './open-database.js';

/** What an inventory holds after others were merged into it. */
export interface MergedCopy {
  readonly holds: InventoryCounts;
  readonly annotations: number;
}

/**
 * Merges inventories into a copy of one that nobody else needs: nothing is logged, so that it is worthless when this
 * throws. The last is on its way to the disk, but need not be there, when it returns.
 */
export function mergeIntoCopy(copy: string, others: readonly string[]): MergedCopy {
  const database = openDatabase(copy, {});
  try {
    database.pragma('foreign_keys = OFF');
    // Without a log, everything is written once. SQLite refuses that where files are to be safe from the commands of users.
    database.unsafeMode(true).pragma('journal_mode = OFF');
    database.unsafeMode(false);
    database.pragma('synchronous = OFF');
    database.pragma('locking_mode = EXCLUSIVE');
    for (let first = 0; first < others.length; first += MOST_ATTACHED) {
      const attached = attachInventories(database, others.slice(first, first + MOST_ATTACHED));
      database.transaction(() => mergeAttached(database, attached)).exclusive();
      for (const name of attached) database.exec(`detach ${name}`);
    }
    const annotations = database.prepare<[], number>('select count(*) from main.annotation').pluck().get();
    const merged = { holds: countInventory(database), annotations: annotations ?? 0 };
    database.pragma('locking_mode = NORMAL');
    database.pragma('journal_mode = WAL');
    return merged;
  } finally {
    database.close();
  }
}
