import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { makeTemporaryFolder, type TemporaryFolder } from '../fixtures/temporary-folder.js';
import { judgeArgs, scanArgs } from './fault-targets.js';
import {
  compareFacts,
  countInventory,
  type InventoryFacts,
  readFacts,
  wholeInventory,
} from './inventory-facts.js';
import { runProgram, startProgram } from './program.js';

const given = inject('faultTargets');

/** Longer than any batch takes, shorter than a scan waits. */
const HELD_MS = 4000;

let folder: TemporaryFolder;
let undisturbed: InventoryFacts;

beforeAll(async () => {
  folder = await makeTemporaryFolder();
  const db = folder.file('undisturbed.db');
  const { code } = await runProgram(['scan', ...scanArgs(given, 'part'), '--db', db]);
  expect(code).toBe(0);
  undisturbed = await readFacts(db, given.now);
});

afterAll(() => folder.remove());

describe('an inventory that another process has locked', () => {
  it.each([
    { workers: '0', held: 'longer than an endpoint may take' },
    { workers: '2', held: 'longer than an endpoint may take' },
  ])('is waited for, without harm to what is under way ($workers workers)', async ({ workers }) => {
    const db = folder.file(`held-${workers}.db`);
    const args = [...scanArgs(given, 'part'), '--workers', workers, '--ndjson', '--db', db];
    const running = startProgram(['scan', ...args]);
    expect(await running.until(({ lines }) => lines > 300)).toBe(true);
    const locker = lock(db);
    const timer = setTimeout(() => unlock(locker), HELD_MS);
    const { code, stderr } = await running.ended;
    clearTimeout(timer);
    expect([code, stderr]).toEqual([0, '']);
    expect(countInventory(db)).toEqual(wholeInventory(given.partSize));
    expect(compareFacts(await readFacts(db, given.now), undisturbed)).toEqual([]);
  });

  it('ends a scan that has waited long enough, which can be resumed', async () => {
    const db = folder.file('stuck.db');
    const running = startProgram(['scan', ...scanArgs(given, 'part'), '--ndjson', '--db', db]);
    expect(await running.until(({ lines }) => lines > 300)).toBe(true);
    const locker = lock(db);
    const { code, stderr } = await running.ended;
    unlock(locker);
    expect(stderr).toMatch(
      /^certsweep: inventory \S+ is locked by another process: [^\n]*\nthen go on with: certsweep scan --resume [^\n]*\n$/,
    );
    expect(code).toBe(3);
    const resumed = await runProgram(['scan', '--resume', ...judgeArgs(given), '--db', db]);
    expect([resumed.code, resumed.stderr]).toEqual([0, '']);
    expect(countInventory(db)).toEqual(wholeInventory(given.partSize));
    expect(compareFacts(await readFacts(db, given.now), undisturbed)).toEqual([]);
  });

  it('takes two scans at once', async () => {
    const db = folder.file('both.db');
    const ends = await Promise.all([
      runProgram(['scan', ...scanArgs(given, 'part'), '--db', db]),
      runProgram(['scan', ...scanArgs(given, 'part'), '--db', db]),
    ]);
    expect(ends.map(({ code, stderr }) => [code, stderr])).toEqual([
      [0, ''],
      [0, ''],
    ]);
    expect(countInventory(db)).toEqual(wholeInventory(given.partSize, given.partSize));
    expect(compareFacts(await readFacts(db, given.now), undisturbed)).toEqual([]);
  });
});

function lock(db: string): Database.Database {
  const database = new Database(db, { timeout: 5000 });
  database.exec('begin immediate');
  return database;
}

function unlock(database: Database.Database): void {
  database.exec('rollback');
  database.close();
}
