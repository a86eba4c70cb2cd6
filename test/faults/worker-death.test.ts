import { existsSync } from 'node:fs';
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

let folder: TemporaryFolder;
let undisturbed: InventoryFacts;

beforeAll(async () => {
  folder = await makeTemporaryFolder();
  const db = folder.file('undisturbed.db');
  const { code } = await runProgram(['scan', ...scanArgs(given, 'part'), '--workers', '2', '--db', db]);
  expect(code).toBe(0);
  undisturbed = await readFacts(db, given.now);
});

afterAll(() => folder.remove());

describe('a worker that dies', () => {
  it.each([
    { death: 'throw', after: 1, reason: 'a fault on purpose' },
    { death: 'throw', after: 300, reason: 'a fault on purpose' },
    { death: 'exit', after: 200, reason: 'it ended with code 7' },
    {
      death: 'memory',
      after: 250,
      reason: 'Worker terminated due to reaching memory limit: JS heap out of memory',
    },
  ])(
    'is replaced, and nothing is lost ($death after $after connections)',
    async ({ death, after, reason }) => {
      const db = folder.file(`${death}-${after}.db`);
      const mark = folder.file(`${death}-${after}.mark`);
      const env = {
        WORKER_DEATH: death,
        AFTER_CONNECTIONS: String(after),
        DEATH_MARK: mark,
        ...preload('kill-worker'),
      };
      const args = [...scanArgs(given, 'part'), '--workers', '2', '--db', db];
      const { code, stderr } = await runProgram(['scan', ...args], { env });
      expect(existsSync(mark)).toBe(true);
      expect([code, stderr]).toEqual([0, `certsweep: a worker died and is replaced: ${reason}\n`]);
      expect(countInventory(db)).toEqual(wholeInventory(given.partSize));
      expect(compareFacts(await readFacts(db, given.now), undisturbed)).toEqual([]);
    },
  );
});
