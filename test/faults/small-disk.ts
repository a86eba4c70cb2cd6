import { execFileSync } from 'node:child_process';
import { mkdirSync, rmdirSync } from 'node:fs';
import { makeTemporaryFolder, type TemporaryFolder } from '../fixtures/temporary-folder.js';

/** A disk in memory that is as small as one likes. */
export interface SmallDisk {
  file(name: string): string;
  /** Gives it another size, in kibibytes. */
  resize(kibibytes: number): void;
  /** Takes it away with all that is on it. */
  close(): Promise<void>;
}

/** Why no such disk can be had here; null: it can. */
export async function findDiskObstacle(): Promise<string | null> {
  try {
    const disk = await openSmallDisk(64);
    await disk.close();
    return null;
  } catch (error) {
    return `a disk in memory (tmpfs) cannot be mounted, which takes root: ${String(error).trim()}`;
  }
}

/** Mounts a new disk of so many kibibytes. */
export async function openSmallDisk(kibibytes: number): Promise<SmallDisk> {
  const folder: TemporaryFolder = await makeTemporaryFolder();
  const path = folder.file('disk');
  mkdirSync(path);
  try {
    run('mount', '-t', 'tmpfs', '-o', `size=${kibibytes}k,mode=700`, 'tmpfs', path);
  } catch (error) {
    await folder.remove();
    throw error;
  }
  return {
    file: (name) => `${path}/${name}`,
    resize: (size) => run('mount', '-o', `remount,size=${size}k`, path),
    close: async () => {
      run('umount', path);
      rmdirSync(path);
      await folder.remove();
    },
  };
}

function run(command: string, ...args: string[]): void {
  execFileSync(command, args, { stdio: 'pipe' });
}
