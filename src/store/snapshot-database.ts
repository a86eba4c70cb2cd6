import { dirname } from 'node:path';
import type { Database } from 'better-sqlite3';
import { describeStoreError } from './describe-store-error.js';
import { InventoryError } from './inventory-error.js';

/** Pages copied before others have their turn: 16 MB. */
const PAGES_AT_ONCE = 4096;

/** Copies a database as it is now to another file, whoever writes to it meanwhile; `path` is what it is called in errors. */
export async function snapshotDatabase(source: Database, path: string, into: string): Promise<void> {
  try {
    // Within a transaction all pages come from one moment; without, SQLite would begin again whenever somebody writes.
    source.exec('begin');
    source.prepare('select count(*) from sqlite_schema').get();
    await source.backup(into, { progress: () => PAGES_AT_ONCE });
  } catch (error) {
    const isFull = error instanceof Error && 'code' in error && error.code === 'SQLITE_FULL';
    throw isFull
      ? new InventoryError(`the disk is full: there is no room in ${dirname(into)} for a copy of ${path}`, {
          cause: error,
        })
      : describeStoreError(error, path, 'read');
  }
}
