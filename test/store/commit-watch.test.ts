import { describe, expect, it } from 'vitest';
import { CommitWatch } from '../../src/store/commit-watch.js';
import { openInventory } from '../../src/store/inventory.js';
import { makeRun, makeTls } from './sample-observation.js';
import { useTemporaryDirectory } from './temporary-directory.js';

const inDirectory = useTemporaryDirectory();

describe('a watch over an inventory', () => {
  it('tells whether something was saved since it started', async () => {
    const path = inDirectory('inventory.db');
    const inventory = openInventory(path, { create: true });
    await inventory.startRun(makeRun());
    const watch = new CommitWatch(path);
    watch.start();
    expect(watch.hasChanged()).toBe(false);
    await inventory.saveBatch([makeTls()]);
    expect(watch.hasChanged()).toBe(true);
    watch.start();
    for await (const _ of inventory.records());
    expect(watch.hasChanged()).toBe(false);
    watch.close();
    await inventory.close();
  });
});
