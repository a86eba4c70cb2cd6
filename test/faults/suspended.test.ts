import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { makeTemporaryFolder, type TemporaryFolder } from '../fixtures/temporary-folder.js';
import { scanArgs, TIMEOUT_MS } from './fault-targets.js';
import {
  compareFacts,
  countInventory,
  type InventoryFacts,
  readFacts,
  wholeInventory,
} from './inventory-facts.js';
import { runProgram, startProgram } from './program.js';

const given = inject('faultTargets');

/** Longer than one endpoint may take. */
const STOPPED_MS = TIMEOUT_MS + 2000;

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

// What has answered while the process slept has answered: it lies waiting. Nobody is blamed for the sleep.
describe('a scan that is put to sleep for longer than a timeout', () => {
  it.each([
    { workers: '0', lines: [200, 800] },
    { workers: '2', lines: [400, 1000] },
  ])('comes to the same result ($workers workers)', async ({ workers, lines: moments }) => {
    const db = folder.file(`${workers}.db`);
    const args = [...scanArgs(given, 'part'), '--workers', workers, '--ndjson', '--db', db];
    const running = startProgram(['scan', ...args]);
    for (const moment of moments) {
      expect(await running.until(({ lines }) => lines >= moment)).toBe(true);
      running.child.kill('SIGSTOP');
      await new Promise((resolve) => setTimeout(resolve, STOPPED_MS));
      running.child.kill('SIGCONT');
    }
    const { code, stderr } = await running.ended;
    expect([code, stderr]).toEqual([0, '']);
    expect(countInventory(db)).toEqual(wholeInventory(given.partSize));
    expect(compareFacts(await readFacts(db, given.now), undisturbed)).toEqual([]);
  });
});
