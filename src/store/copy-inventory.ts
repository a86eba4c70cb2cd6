import { InventoryError } from './inventory-error.js';
import { openDatabase } from './open-database.js';
import { snapshotDatabase } from './snapshot-database.js';

/** Tables without which nothing of an inventory makes sense. */
const NEEDED_TABLES = ['scan_run', 'endpoint', 'observation', 'certificate'];

/**
 * Copies an inventory as it is at one moment, whoever writes to it meanwhile, to a file that is not there yet, and brings
 * the schema of the copy up to date. The inventory itself stays as it is. Throws where it is damaged.
 */
export async function copyInventory(path: string, into: string): Promise<void> {
  const source = openDatabase(path, { readOnly: true, anyVersion: true });
  try {
    await snapshotDatabase(source, path, into);
  } finally {
    source.close();
  }
  try {
    const copy = openDatabase(into, {});
    try {
      const found = copy.prepare<[], string>('pragma quick_check(1)').pluck().get();
      if (found !== 'ok') throw damaged(path, found ?? 'it cannot be checked');
      const tables = new Set(copy.prepare<[], string>('select name from sqlite_schema').pluck().all());
      const missing = NEEDED_TABLES.find((table) => !tables.has(table));
      if (missing !== undefined) throw damaged(path, `there is no table ${missing}`);
    } finally {
      copy.close();
    }
  } catch (error) {
    throw error instanceof InventoryError && error.message.includes(into)
      ? new InventoryError(error.message.replaceAll(into, path), { cause: error })
      : error;
  }
}

function damaged(path: string, why: string): InventoryError {
  return new InventoryError(
    `inventory ${path} is damaged (${why.split('\n').at(-1)}): restore a backup, or save what can be read with sqlite3 ${path} .recover`,
  );
}
