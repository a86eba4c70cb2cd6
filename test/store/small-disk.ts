import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** Mounts a disk in memory of its own, to be filled or made read-only; null where this machine does not let us. */
export function mountSmallDisk(kibibytes: number): SmallDisk | null {
  const directory = mkdtempSync(path.join(tmpdir(), 'certsweep-disk-'));
  const mounted = run('mount', '-t', 'tmpfs', '-o', `size=${kibibytes}k`, 'certsweep-test', directory);
  if (!mounted) {
    rmdirSync(directory);
    return null;
  }
  return {
    directory,
    makeReadOnly() {
      if (!run('mount', '-o', 'remount,ro', directory)) throw new Error(`cannot remount ${directory}`);
    },
    unmount() {
      if (!run('umount', directory)) throw new Error(`cannot unmount ${directory}`);
      rmdirSync(directory);
    },
  };
}

/** A mounted disk. */
export interface SmallDisk {
  readonly directory: string;
  makeReadOnly(): void;
  unmount(): void;
}

/** Whether this machine lets us mount disks; where it does not, tests that need one are skipped by name. */
export function canMount(): boolean {
  const disk = mountSmallDisk(64);
  disk?.unmount();
  return disk !== null;
}

function run(command: string, ...args: readonly string[]): boolean {
  return spawnSync(command, args, { stdio: 'ignore' }).status === 0;
}
