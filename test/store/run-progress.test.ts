import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { describe, expect, it } from 'vitest';
import type { RunProgress } from '../../src/model/run-progress.js';
import { type Inventory, openInventory } from '../../src/store/inventory.js';
import { InventoryError } from '../../src/store/inventory-error.js';
import { makeEndpoint, makeRefused, makeRun, makeTls, RUNS } from './sample-observation.js';
import { useTemporaryDirectory } from './temporary-directory.js';

const inDirectory = useTemporaryDirectory();

const PROGRESS: RunProgress = {
  planDigest: 'abc',
  doneBefore: 2 ** 47,
  doneBeyond: Uint8Array.of(0b101, 0, 255),
  extra: 3,
};

async function openStarted(): Promise<Inventory> {
  const inventory = openInventory(inDirectory('inventory.db'), { create: true });
  await inventory.startRun(makeRun());
  return inventory;
}

describe('the progress of a run', () => {
  it('is kept with what was observed, and replaced by the next', async () => {
    const inventory = await openStarted();
    expect(await inventory.progress(RUNS[0])).toBeNull();
    const entries = [
      { entry: 0, observations: [makeRefused(), makeTls(makeEndpoint({ port: 1 }))] },
      { entry: 2, observations: [makeRefused(makeEndpoint({ port: 2 }))] },
      { entry: 3, observations: [] },
    ];
    await inventory.saveEntries(RUNS[0], entries, { ...PROGRESS, doneBefore: 1 });
    await inventory.saveEntries(RUNS[0], [], PROGRESS);
    expect(await inventory.progress(RUNS[0])).toEqual(PROGRESS);
    expect(await inventory.countOutcomes(RUNS[0])).toEqual({ refused: 2, tls: 1 });
    expect(await inventory.progress(RUNS[1])).toBeNull();
    await inventory.close();
  });

  it('stays as it was where observations cannot be saved', async () => {
    const inventory = await openStarted();
    await inventory.saveEntries(RUNS[0], [], PROGRESS);
    const strange = { entry: 1, observations: [makeRefused(), makeRefused(undefined, { run: RUNS[1] })] };
    const next = { ...PROGRESS, extra: 4 };
    await expect(inventory.saveEntries(RUNS[0], [strange], next)).rejects.toThrow(InventoryError);
    expect(await inventory.progress(RUNS[0])).toEqual(PROGRESS);
    expect(await inventory.countOutcomes(RUNS[0])).toEqual({});
    await inventory.close();
  });

  it('is of a run that is known', async () => {
    const inventory = await openStarted();
    await expect(inventory.saveEntries(RUNS[1], [], PROGRESS)).rejects.toThrow(
      new InventoryError(`the inventory knows no scan run ${RUNS[1]}`),
    );
    await inventory.close();
  });

  it('is neither ahead of nor behind the observations when the process is killed', async () => {
    const file = inDirectory('inventory.db');
    for (let time = 1; time <= 3; time += 1) {
      const child = startWriter(file);
      await batchesOf(child, 1 + 2 * time);
      child.kill('SIGKILL');
      await once(child, 'close');
      const inventory = openInventory(file);
      const { doneBefore = 0 } = (await inventory.progress(RUNS[0])) ?? {};
      expect(doneBefore).toBeGreaterThanOrEqual(50 * (1 + 2 * time));
      expect(await inventory.countOutcomes(RUNS[0])).toEqual({
        refused: (doneBefore / 5) * 4,
        tls: doneBefore / 5,
      });
      let records = 0;
      for await (const _ of inventory.records({ withOutcomes: true, history: true })) records += 1;
      expect(records).toBe(doneBefore);
      await inventory.close();
    }
  }, 60_000);
});

function startWriter(file: string): ChildProcess {
  const script = path.join(import.meta.dirname, 'write-entries.ts');
  return spawn(process.execPath, ['--import', 'tsx', script, file, RUNS[0]], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

/** Waits until the writer has told of so many batches. */
async function batchesOf(child: ChildProcess, batches: number): Promise<void> {
  if (child.stdout === null) throw new Error('the writer says nothing');
  let told = 0;
  for await (const _ of createInterface({ input: child.stdout })) {
    told += 1;
    if (told === batches) return;
  }
  throw new Error(`the writer has told of ${told} batches only`);
}
