import { UsageError } from '../model/usage-error.js';
import { InventoryError } from './inventory-error.js';

/** What was being done when the database failed. */
export type StoreWork = 'back up' | 'merge' | 'open' | 'prune' | 'read' | 'save' | 'vacuum';

/** Turns what SQLite or the file system threw into one clear line; what is neither is handed back as it is. */
export function describeStoreError(error: unknown, path: string, work: StoreWork): unknown {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return error;
  const { code } = error;
  const options = { cause: error };
  if (code === 'SQLITE_NOTADB')
    return new UsageError(`${path} is not an SQLite database: name an inventory with --db`, options);
  if (code === 'SQLITE_FULL' || code === 'SQLITE_IOERR_SHMSIZE' || code === 'ENOSPC')
    return new InventoryError(fullMessage(path, work), options);
  if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED'))
    return new InventoryError(
      `inventory ${path} is locked by another process: let that one finish, or find it with fuser ${path}`,
      options,
    );
  if (code.startsWith('SQLITE_CORRUPT'))
    return new InventoryError(
      `inventory ${path} is damaged (${error.message}): restore a backup, or save what can be read with sqlite3 ${path} .recover`,
      options,
    );
  if (DENIED.some((each) => code === each || code.startsWith(`${each}_`))) {
    const message = `cannot ${work === 'read' ? 'read' : 'write'} inventory ${path} (${error.message}): the file and its directory must be yours to read and to write`;
    return work === 'open' ? new UsageError(message, options) : new InventoryError(message, options);
  }
  if (code.startsWith('SQLITE_'))
    return new InventoryError(`cannot ${work} inventory ${path}: ${error.message} (${code})`, options);
  if (NO_PLACE.includes(code))
    return new UsageError(`cannot open inventory ${path}: ${error.message}`, options);
  return error;
}

/** Errors of permission. SQLite needs to write beside the file even to read it, for the index of its log. */
const DENIED = [
  'SQLITE_READONLY',
  'SQLITE_CANTOPEN',
  'SQLITE_PERM',
  'SQLITE_AUTH',
  'EACCES',
  'EPERM',
  'EROFS',
];

/** Errors of a path that leads nowhere. */
const NO_PLACE = ['ENOENT', 'ENOTDIR', 'EISDIR', 'ELOOP', 'ENAMETOOLONG', 'EINVAL'];

/** What is true of work that is done as a whole or not at all. */
const NOTHING_DONE: Partial<Record<StoreWork, string>> = {
  'back up': 'nothing was backed up',
  merge: 'nothing was merged',
  prune: 'nothing was removed',
  vacuum: 'the inventory is as large as it was',
};

function fullMessage(path: string, work: StoreWork): string {
  const remedy = `free some space on the disk of ${path}, or name an inventory elsewhere with --db`;
  const left = NOTHING_DONE[work];
  if (left !== undefined)
    return `the disk is full, and ${left}: free some space on the disk of ${path}, and in the directory for temporary files`;
  if (work !== 'save') return `the disk is full: ${remedy}`;
  return `the disk is full: the last batch was not saved, all that was saved before it is whole; ${remedy}`;
}
