import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { makeTemporaryFolder, type TemporaryFolder } from '../fixtures/temporary-folder.js';
import { scanArgs } from './fault-targets.js';
import {
  compareFacts,
  countInventory,
  type InventoryFacts,
  readFacts,
  wholeInventory,
} from './inventory-facts.js';
import { preload } from './preload-options.js';
import { runProgram } from './program.js';

const given = inject('faultTargets');

const HOUR_MS = 3_600_000;

let folder: TemporaryFolder;
let undisturbed: InventoryFacts;
let durationMs: number;

beforeAll(async () => {
  folder = await makeTemporaryFolder();
  const db = folder.file('undisturbed.db');
  const startedAt = performance.now();
  const { code } = await runProgram(['scan', ...scanArgs(given, 'part'), '--db', db]);
  durationMs = performance.now() - startedAt;
  expect(code).toBe(0);
  undisturbed = await readFacts(db, given.now);
});

afterAll(() => folder.remove());

describe('a clock that jumps', () => {
  it.each([
    { name: 'back by hours and forth again', hours: [0, -5] },
    { name: 'forth by hours and back again', hours: [0, 7, 3] },
    { name: 'back by twenty years, as one without a battery', hours: [0, -175_320] },
    { name: 'forth by twenty years', hours: [0, 175_320] },
  ])('changes nothing but the times that are noted: $name', async ({ hours }) => {
    const db = folder.file(`${hours.join('_')}.db`);
    const env = { CLOCK_JUMPS: hours.join(','), CLOCK_JUMP_MS: '400', ...preload('shift-clock') };
    const before = Date.now();
    const startedAt = performance.now();
    const { code, stderr } = await runProgram(['scan', ...scanArgs(given, 'part'), '--db', db], { env });
    const elapsedMs = performance.now() - startedAt;
    const after = Date.now();
    expect([code, stderr]).toEqual([0, '']);
    expect(elapsedMs).toBeLessThan(3 * durationMs + 10_000);
    expect(countInventory(db)).toEqual(wholeInventory(given.partSize));
    expect(compareFacts(await readFacts(db, given.now), undisturbed)).toEqual([]);

    const { earliest, latest } = readTimes(db);
    // Times that are packed count from the start of the run and cannot be earlier.
    expect(earliest).toBeGreaterThanOrEqual(before + Math.min(...hours) * HOUR_MS);
    expect(latest).toBeLessThanOrEqual(after + Math.max(...hours) * HOUR_MS);
  });
});

function readTimes(db: string): { earliest: number; latest: number } {
  const database = new Database(db, { readonly: true });
  try {
    const times = database
      .prepare<[], { earliest: number; latest: number }>(
        'select min(observed_at) as earliest, max(observed_at) as latest from observation',
      )
      .get();
    if (times === undefined) throw new Error('an aggregate has a row');
    return times;
  } finally {
    database.close();
  }
}
