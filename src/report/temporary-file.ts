import { type FileHandle, mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A file that only its owner can read, and that is gone once it is closed. */
export interface TemporaryFile {
  readonly handle: FileHandle;
  /** Gives the disk back. */
  close(): Promise<void>;
}

/** Opens one to write and to read, where the system has them, or TMPDIR says. */
export async function openTemporaryFile(): Promise<TemporaryFile> {
  const directory = await mkdtemp(join(tmpdir(), 'certsweep-'));
  const remove = () => rm(directory, { recursive: true, force: true });
  try {
    const handle = await open(join(directory, 'spool'), 'wx+', 0o600);
    // Without a name, nothing is left behind however the process ends. Windows keeps names of open files until the end.
    if (process.platform !== 'win32') await remove();
    return {
      handle,
      async close() {
        await handle.close();
        await remove();
      },
    };
  } catch (error) {
    await remove();
    throw error;
  }
}
