import { describe, expect, it } from 'vitest';
import { MAX_TAGS } from '../../src/model/annotation-edit.js';
import { copyInventory } from '../../src/store/copy-inventory.js';
import { type Inventory, openInventory } from '../../src/store/inventory.js';
import { mergeInventories } from '../../src/store/merge-inventories.js';
import type { TagsOf } from '../../src/store/save-found-tags.js';
import { makeEndpoint, makeRefused, makeRun, makeTls, RUNS } from './sample-observation.js';
import { useTemporaryDirectory } from './temporary-directory.js';

const inDirectory = useTemporaryDirectory();

const FOUND = makeEndpoint();
const SILENT = makeEndpoint({ port: 1 });
const SUBJECT = { kind: 'endpoint', endpoint: FOUND } as const;

/** Saves a run that finds a certificate at one of two endpoints, and ends it. */
async function scan(inventory: Inventory, run: string, tagsOf: TagsOf): Promise<void> {
  await inventory.startRun(makeRun(run));
  await inventory.saveBatch([makeTls(FOUND, ['leaf'], { run }), makeRefused(SILENT, { run })]);
  const counts = await inventory.countOutcomes(run);
  const end = { state: 'completed', endedAt: '2026-11-22T11:00:00.000Z', counts } as const;
  await inventory.finishRun(run, end, tagsOf);
}

async function listTags(inventory: Inventory): Promise<Record<number, readonly string[]>> {
  const all: Record<number, readonly string[]> = {};
  for await (const { endpoint, tags } of inventory.records({ withOutcomes: true })) all[endpoint.port] = tags;
  return all;
}

describe('tags of the targets of a scan', () => {
  it('go to endpoints where it finds a certificate', async () => {
    const inventory = openInventory(inDirectory('inventory.db'), { create: true });
    await scan(inventory, RUNS[0], () => ['web', 'Prod']);
    expect(await listTags(inventory)).toEqual({ 1: [], 443: ['Prod', 'web'] });
    await inventory.close();
  });

  it('do not come back when they were taken away by hand, nor in another spelling', async () => {
    const inventory = openInventory(inDirectory('inventory.db'), { create: true });
    await scan(inventory, RUNS[0], () => ['web', 'prod', 'lab']);
    await inventory.annotate(
      [SUBJECT],
      { removeTags: ['prod'], addTags: ['Own'] },
      '2026-11-22T12:00:00.000Z',
    );
    await scan(inventory, RUNS[1], () => ['WEB', 'prod', 'own', 'new']);
    expect(await listTags(inventory)).toEqual({ 1: [], 443: ['lab', 'new', 'Own', 'web'] });
    await inventory.close();
  });

  it('count for less than what is said by hand elsewhere, whichever is merged into the other', async () => {
    const here = openInventory(inDirectory('here.db'), { create: true });
    await scan(here, RUNS[0], () => ['web', 'prod']);
    await here.annotate([SUBJECT], { removeTags: ['prod'] }, '2026-11-22T12:00:00.000Z');
    await here.close();
    const there = openInventory(inDirectory('there.db'), { create: true });
    await scan(there, RUNS[1], () => ['web', 'prod']);
    await there.close();
    for (const [into, from] of [
      ['here.db', 'there.db'],
      ['there.db', 'here.db'],
    ] as const) {
      const [copy, target] = [inDirectory(`copy-${from}`), inDirectory(`merged-${into}`)];
      await copyInventory(inDirectory(from), copy);
      await copyInventory(inDirectory(into), target);
      mergeInventories(target, [copy]);
      const merged = openInventory(target);
      expect((await listTags(merged))[443]).toEqual(['web']);
      await merged.close();
    }
  });

  it('are no more than an endpoint can have', async () => {
    const inventory = openInventory(inDirectory('inventory.db'), { create: true });
    const many = Array.from({ length: MAX_TAGS + 20 }, (_, place) => `tag ${place}`);
    await scan(inventory, RUNS[0], () => many);
    expect((await listTags(inventory))[443]).toHaveLength(MAX_TAGS);
    await inventory.close();
  });
});
