import { chmodSync, closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync, statSync } from 'node:fs';
import { UsageError } from '../model/usage-error.js';
import { describeStoreError } from './describe-store-error.js';
import { FILE_MODE, openDatabase } from './open-database.js';
import { snapshotDatabase } from './snapshot-database.js';

/** How to back up. */
export interface BackupOptions {
  /** Puts the backup in place of a file that is there. */
  readonly force?: boolean;
}

/**
 * Writes an inventory as it is at one moment to another file, while a scan may go on; tells how many bytes that takes. The
 * file appears when it is whole.
 */
export async function backupInventory(
  path: string,
  into: string,
  { force = false }: BackupOptions = {},
): Promise<number> {
  const refuseFile = () => {
    if (!existsSync(into)) return;
    if (statSync(into).isDirectory()) throw new UsageError(`${into} is a directory: name a file in it`);
    if (isSameFile(path, into)) throw new UsageError(`${into} is the inventory itself: name another file`);
    if (!force)
      throw new UsageError(`${into} is there already: name another file, or replace it with --force`);
  };
  refuseFile();
  const source = openDatabase(path, { readOnly: true, anyVersion: true });
  const part = `${into}.part`;
  try {
    closeSync(openSync(part, 'w', FILE_MODE));
    chmodSync(part, FILE_MODE);
    await snapshotDatabase(source, path, part);
    const file = openSync(part, 'r+');
    try {
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    refuseFile();
    const { size } = statSync(part);
    renameSync(part, into);
    return size;
  } catch (error) {
    rmSync(part, { force: true });
    throw describeStoreError(error, into, 'back up');
  } finally {
    source.close();
  }
}

function isSameFile(a: string, b: string): boolean {
  const [one, other] = [statSync(a, { throwIfNoEntry: false }), statSync(b)];
  return one !== undefined && one.dev === other.dev && one.ino === other.ino;
}
