import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { beforeEach, describe, expect, it } from 'vitest';
import { backupInventory } from '../../src/store/backup-inventory.js';
import { openInventory } from '../../src/store/inventory.js';
import { dumpInventory } from './dump-inventory.js';
import { makeEndpoint, makeRun, makeTls, RUNS } from './sample-observation.js';
import { useTemporaryDirectory } from './temporary-directory.js';

const inDirectory = useTemporaryDirectory();

beforeEach(async () => {
  const inventory = openInventory(inDirectory('a.db'), { create: true });
  await inventory.startRun(makeRun());
  await inventory.saveBatch(Array.from({ length: 200 }, (_, i) => makeTls(makeEndpoint({ port: 1 + i }))));
  await inventory.close();
});

describe('backing up', () => {
  it('writes all of it to a file that is its owner’s alone, and leaves nothing beside it', async () => {
    const bytes = await backupInventory(inDirectory('a.db'), inDirectory('b.db'));
    expect(bytes).toBe(statSync(inDirectory('b.db')).size);
    expect(statSync(inDirectory('b.db')).mode & 0o777).toBe(0o600);
    expect(readdirSync(inDirectory('.')).filter((name) => name.includes('part'))).toEqual([]);
    expect(dumpInventory(inDirectory('b.db'))).toEqual(dumpInventory(inDirectory('a.db')));
  });

  it('takes one moment of an inventory that is written to meanwhile', async () => {
    const inventory = openInventory(inDirectory('a.db'));
    const backup = backupInventory(inDirectory('a.db'), inDirectory('b.db'));
    for (let i = 0; i < 20; i += 1)
      await inventory.saveBatch([makeTls(makeEndpoint({ port: 1000 + i }), ['late'], { run: RUNS[0] })]);
    await backup;
    await inventory.close();
    const { observation = [] } = dumpInventory(inDirectory('b.db'));
    expect(observation.length).toBeGreaterThanOrEqual(200);
    expect(observation.length).toBeLessThan(220);
  });

  it('never writes over a file unless it shall', async () => {
    writeFileSync(inDirectory('b.db'), 'precious');
    const [from, into] = [inDirectory('a.db'), inDirectory('b.db')];
    await expect(backupInventory(from, into)).rejects.toThrow(/is there already.*--force/);
    expect(readFileSync(into, 'utf8')).toBe('precious');
    await backupInventory(from, into, { force: true });
    expect(dumpInventory(into)).toEqual(dumpInventory(from));
    await expect(backupInventory(from, from, { force: true })).rejects.toThrow(/is the inventory itself/);
  });
});
