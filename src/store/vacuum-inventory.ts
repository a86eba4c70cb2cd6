import { statfsSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { describeStoreError } from './describe-store-error.js';
import { InventoryError } from './inventory-error.js';
import { openDatabase } from './open-database.js';
import { rebuildCurrentEndpoints } from './rebuild-current-endpoints.js';

/** What the file took, in bytes. */
export interface Vacuumed {
  readonly before: number;
  readonly after: number;
}

/** SQLite writes all that is there to a file for temporary data, and again to its log. */
const COPIES = 2;

/** Makes what follows from the facts anew, and gives back to the disk what nothing uses any more. */
export function vacuumInventory(path: string): Vacuumed {
  const database = openDatabase(path, {});
  try {
    database.pragma('wal_checkpoint(TRUNCATE)');
    const before = statSync(path).size;
    const [pages, unused, size] = ['page_count', 'freelist_count', 'page_size'].map((name) =>
      Number(database.pragma(name, { simple: true })),
    );
    const needed = COPIES * ((pages ?? 0) - (unused ?? 0)) * (size ?? 0);
    const { bavail, bsize } = statfsSync(dirname(resolve(path)));
    if (bavail * bsize < needed)
      throw new InventoryError(
        `there is no room to rewrite ${path}: that takes ${inMegabytes(needed)} on its disk, which has ${inMegabytes(bavail * bsize)}`,
      );
    rebuildCurrentEndpoints(database);
    database.exec('vacuum');
    database.pragma('wal_checkpoint(TRUNCATE)');
    return { before, after: statSync(path).size };
  } catch (error) {
    throw describeStoreError(error, path, 'vacuum');
  } finally {
    database.close();
  }
}

function inMegabytes(bytes: number): string {
  return `${Math.ceil(bytes / 1e6).toLocaleString('en-US')} MB`;
}
