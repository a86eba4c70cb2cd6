import { beforeEach, describe, expect, it } from 'vitest';
import { beginTogether } from '../../../src/scan/export/begin-together.js';
import { openInventory } from '../../../src/store/inventory.js';
import { RecordReader } from '../../../src/store/record-reader.js';
import { makeEndpoint, makeRun, makeTls } from '../../store/sample-observation.js';
import { useTemporaryDirectory } from '../../store/temporary-directory.js';

const inDirectory = useTemporaryDirectory();
const path = () => inDirectory('inventory.db');

async function save(port: number): Promise<void> {
  const inventory = openInventory(path(), { create: true });
  await inventory.startRun(makeRun());
  await inventory.saveBatch([makeTls(makeEndpoint({ port }))]);
  await inventory.close();
}

beforeEach(() => save(1));

/** Endpoints that are found, where somebody saves so often while threads begin; null: they never see the same. */
async function countEndpoints(saves: number): Promise<number | null> {
  const reader = new RecordReader(path(), {});
  let begun = 0;
  const thread = {
    async begin() {
      begun += 1;
      if (begun <= saves) await save(1 + begun);
    },
  };
  try {
    const ids = await beginTogether(path(), reader, [thread]);
    return ids && [...ids].flat().length;
  } finally {
    reader.close();
  }
}

describe('beginning together', () => {
  it.each([
    ['at once where nobody saves', 0, 1],
    ['again when somebody has saved meanwhile', 1, 2],
    ['again and again', 4, 5],
    ['never, and ends trying, where somebody saves all the time', 100, null],
  ])('happens %s', async (_, saves, endpoints) => {
    expect(await countEndpoints(saves)).toBe(endpoints);
  });

  it('fails as the thread that fails', async () => {
    const reader = new RecordReader(path(), {});
    const failing = { begin: () => Promise.reject(new Error('out of memory')) };
    await expect(beginTogether(path(), reader, [failing, failing])).rejects.toThrow('out of memory');
    reader.close();
  });
});
