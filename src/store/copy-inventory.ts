import { dirname } from 'node:path';
import { describeStoreError } from './describe-store-error.js';
import { InventoryError } from './inventory-error.js';
import { openDatabase } from './open-database.js';

/** Pages copied before others have their turn: 16 MB. */
const PAGES_AT_ONCE = 4096;

/** Tables without which nothing of an inventory makes sense. */
const NEEDED_TABLES = ['scan_run', 'endpoint', 'observation', 'certificate'];

/**
 * Copies an inventory as it is at one moment, whoever writes to it meanwhile, to a file that is not there yet, and brings
 * the schema of the copy up to date. The inventory itself stays as it is. Throws where it is damaged.
 */
export async function copyInventory(path: string, into: string): Promise<void> {
  const source = openDatabase(path, { readOnly: true, anyVersion: true });
  try {
    await source.backup(into, { progress: () => PAGES_AT_ONCE });
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'SQLITE_FULL')
      throw new InventoryError(
        `the disk is full: there is no room in ${dirname(into)} for a copy of ${path}`,
        {
          cause: error,
        },
      );
    throw describeStoreError(error, path, 'read');
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
