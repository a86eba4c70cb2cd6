import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openInventory } from '../../src/store/inventory.js';
import { openDatabase } from '../../src/store/open-database.js';
import { pruneInventory } from '../../src/store/prune-inventory.js';
import type { JudgedObservation } from '../../src/store/save-observations.js';
import { verifyInventory } from '../../src/store/verify-inventory.js';
import { dumpInventory } from './dump-inventory.js';
import {
  fingerprint,
  makeDer,
  makeEndpoint,
  makeFacts,
  makeRefused,
  makeRun,
  makeTls,
} from './sample-observation.js';
import { useTemporaryDirectory } from './temporary-directory.js';

const inDirectory = useTemporaryDirectory();

const DAY_MS = 24 * 60 * 60 * 1000;
const FIRST_DAY = Date.parse('2026-01-01T00:00:00.000Z');
const runOf = (day: number) => `0193b7c0-0000-7000-8000-00000000000${day}`;
const timeOf = (day: number) => new Date(FIRST_DAY + day * DAY_MS).toISOString();

interface Seen {
  readonly day: number;
  readonly port: number;
  /** Null: it refused. */
  readonly leaf: string | null;
}

async function save(file: string, seen: readonly Seen[]): Promise<void> {
  const inventory = openInventory(inDirectory(file), { create: true });
  for (const day of new Set(seen.map((each) => each.day))) {
    await inventory.startRun({ ...makeRun(runOf(day)), startedAt: timeOf(day) });
    await inventory.saveBatch(
      seen
        .filter((each) => each.day === day)
        .map(({ leaf, port }): JudgedObservation => {
          const changes = {
            run: runOf(day),
            observedAt: new Date(Date.parse(timeOf(day)) + 1000).toISOString(),
          };
          const endpoint = makeEndpoint({ port });
          return leaf === null ? makeRefused(endpoint, changes) : makeTls(endpoint, [leaf], changes);
        }),
    );
    const counts = await inventory.countOutcomes(runOf(day));
    await inventory.finishRun(runOf(day), { counts, state: 'completed', endedAt: timeOf(day + 1) });
  }
  await inventory.saveCertificates([{ der: makeDer('from disk'), facts: makeFacts('from disk') }]);
  await inventory.close();
}

const prune = (file: string, keepRuns: number, keepDay = 99, isDryRun = false) =>
  pruneInventory(inDirectory(file), { keepRuns, keepSince: new Date(timeOf(keepDay)), isDryRun });

const read = (file: string, query: string): unknown[] => {
  const database = openDatabase(inDirectory(file), { readOnly: true });
  try {
    return database.prepare(query).pluck().all();
  } finally {
    database.close();
  }
};

/** What matters now: which certificate counts, or that there is none, and what was seen last. */
async function listCurrent(file: string): Promise<unknown[]> {
  const inventory = openInventory(inDirectory(file), { readOnly: true });
  const all: unknown[] = [];
  for await (const { endpoint, observedAt, outcome, run } of inventory.records({ withOutcomes: true }))
    all.push([endpoint.port, observedAt, outcome, run]);
  await inventory.close();
  return all.map((each) => JSON.stringify(each)).sort();
}

describe('pruning', () => {
  it('removes old runs with what nothing else refers to, and keeps what came from a disk', async () => {
    await save('a.db', [
      { day: 1, port: 1, leaf: 'old' },
      { day: 2, port: 1, leaf: 'new' },
      { day: 1, port: 2, leaf: null },
      { day: 2, port: 2, leaf: null },
    ]);
    const removed = prune('a.db', 1);
    expect(removed).toEqual({ runs: 1, endpoints: 0, observations: 2, certificates: 1 });
    expect(read('a.db', 'select common_name from certificate order by 1')).toEqual([
      'from disk.example',
      'new.example',
    ]);
    expect(prune('a.db', 1)).toEqual({ runs: 0, endpoints: 0, observations: 0, certificates: 0 });
  });

  it('never removes the last observation of an endpoint, nor the last that brought a certificate', async () => {
    await save('a.db', [
      { day: 1, port: 1, leaf: 'gone since' },
      { day: 2, port: 1, leaf: null },
      { day: 1, port: 2, leaf: null },
      { day: 3, port: 3, leaf: 'leaf' },
    ]);
    const before = await listCurrent('a.db');
    expect(prune('a.db', 1)).toMatchObject({ runs: 0, observations: 0 });
    expect(await listCurrent('a.db')).toEqual(before);
    expect(read('a.db', 'select uuid from scan_run order by 1')).toEqual([1, 2, 3].map(runOf));
  });

  it('keeps what either rule keeps', async () => {
    await save(
      'a.db',
      [1, 2, 3, 4].map((day) => ({ day, port: 1, leaf: 'leaf' })),
    );
    expect(prune('a.db', 1, 3)).toMatchObject({ runs: 2 });
    expect(prune('a.db', 2, 99)).toMatchObject({ runs: 0 });
  });

  it('counts no run that is to replace others among those that stay, and keeps it with those before it', async () => {
    const seen = (day: number) => ({ day, port: 1, leaf: `leaf ${day}` });
    await save('a.db', [seen(1), { day: 1, port: 8, leaf: null }, seen(2), seen(4)]);
    const saveProvisional = async (day: number) => {
      const inventory = openInventory(inDirectory('a.db'));
      const [run, observedAt] = [runOf(day), timeOf(day)];
      await inventory.startRun({ ...makeRun(run), startedAt: observedAt, isProvisional: true });
      // An endpoint that no other run knows, and a silent one.
      await inventory.saveBatch([
        makeTls(makeEndpoint({ port: 9 }), ['leaf'], { run, observedAt }),
        makeRefused(makeEndpoint({ port: 8 }), { run, observedAt }),
      ]);
      await inventory.finishRun(run, { counts: {}, state: 'interrupted', endedAt: timeOf(day + 1) });
      await inventory.close();
    };
    await saveProvisional(3);
    const current = await listCurrent('a.db');
    expect(prune('a.db', 2)).toMatchObject({ runs: 0, observations: 1 });
    expect(prune('a.db', 1)).toMatchObject({ runs: 2, endpoints: 1, observations: 3 });
    // Of the silent one the last that counts is that of the first day.
    expect(read('a.db', 'select uuid from scan_run order by 1')).toEqual([1, 4].map(runOf));
    expect(await listCurrent('a.db')).toEqual(current);
    expect(verifyInventory(inDirectory('a.db'), { readSpki: () => '' })).toEqual([]);
  });

  it('tells what it would remove, and removes nothing', async () => {
    await save(
      'a.db',
      [1, 2].map((day) => ({ day, port: 1, leaf: `leaf ${day}` })),
    );
    const before = dumpInventory(inDirectory('a.db'));
    expect(prune('a.db', 1, 99, true)).toMatchObject({ runs: 1, observations: 1, certificates: 1 });
    expect(dumpInventory(inDirectory('a.db'))).toEqual(before);
  });

  it('leaves what is true now as it was, and a sound inventory, whatever was observed', async () => {
    let count = 0;
    const seen = fc.uniqueArray(
      fc.record({
        day: fc.integer({ min: 1, max: 4 }),
        port: fc.integer({ min: 1, max: 4 }),
        leaf: fc.constantFrom(null, null, 'a', 'b'),
      }),
      { maxLength: 12, selector: ({ day, port }) => `${day} ${port}` },
    );
    await fc.assert(
      fc.asyncProperty(seen, fc.integer({ min: 1, max: 3 }), async (all, keepRuns) => {
        count += 1;
        const file = `${count}.db`;
        await save(file, all);
        const before = await listCurrent(file);
        prune(file, keepRuns);
        expect(await listCurrent(file)).toEqual(before);
        const certificates = read(file, 'select lower(hex(sha256)) from certificate');
        expect(certificates).toContain(fingerprint(makeDer('from disk')));
        expect(verifyInventory(inDirectory(file), { readSpki: () => '' })).toEqual([]);
      }),
      { numRuns: 20 },
    );
  }, 60_000);
});
