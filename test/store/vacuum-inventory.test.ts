import { statfsSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { openInventory } from '../../src/store/inventory.js';
import { openDatabase } from '../../src/store/open-database.js';
import { vacuumInventory } from '../../src/store/vacuum-inventory.js';
import { dumpInventory } from './dump-inventory.js';
import { makeEndpoint, makeRun, makeTls } from './sample-observation.js';
import { canMount, mountSmallDisk } from './small-disk.js';
import { useTemporaryDirectory } from './temporary-directory.js';

const inDirectory = useTemporaryDirectory();

/** Enough to open an inventory, and not to rewrite it. */
const LEFT_FREE = 100_000;

async function fill(file: string): Promise<void> {
  const inventory = openInventory(file, { create: true });
  await inventory.startRun(makeRun());
  await inventory.saveBatch(Array.from({ length: 1500 }, (_, i) => makeTls(makeEndpoint({ port: 1 + i }))));
  await inventory.close();
}

describe('vacuuming', () => {
  it('gives room back to the disk, and changes nothing', async () => {
    const file = inDirectory('a.db');
    await fill(file);
    const database = openDatabase(file, {});
    database.exec('create table milk (bytes); insert into milk values (zeroblob(1000000)); drop table milk');
    database.close();
    const dump = dumpInventory(file);
    const { after, before } = vacuumInventory(file);
    expect(before - after).toBeGreaterThan(900_000);
    expect(statSync(file).size).toBe(after);
    expect(dumpInventory(file)).toEqual(dump);
  });

  it.skipIf(!canMount())('refuses where the disk has no room for it', async () => {
    const disk = mountSmallDisk(2000);
    if (disk === null) throw new Error('cannot mount');
    try {
      const file = path.join(disk.directory, 'a.db');
      await fill(file);
      const { bavail, bsize } = statfsSync(disk.directory);
      writeFileSync(path.join(disk.directory, 'ballast'), Buffer.alloc(bavail * bsize - LEFT_FREE));
      expect(() => vacuumInventory(file)).toThrow(/there is no room to rewrite .* takes .* MB on its disk/);
    } finally {
      disk.unmount();
    }
  });
});
