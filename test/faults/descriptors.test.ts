import { execFileSync } from 'node:child_process';
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
import { type ProgramOptions, runProgram, startProgram } from './program.js';

const given = inject('faultTargets');

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

describe('a limit of descriptors', () => {
  it('with which the program cannot even be loaded is told in one line', async () => {
    const { code, stderr } = await runProgram(['scan', '--help'], limitedTo(64));
    expect(stderr).toMatch(/^certsweep: [^\n]*ulimit -n 1024[^\n]*\n$/);
    expect(code).toBe(3);
  });

  it.each(['0', '2'])('is told before the scan, which keeps within it (%s workers)', async (workers) => {
    const db = folder.file(`${workers}.db`);
    const pace = ['--concurrency', '500', '--workers', workers];
    const args = ['scan', ...scanArgs(given, 'part'), ...pace, '--db', db];
    const { code, stderr } = await runProgram(args, limitedTo(550));
    // 128 and five quarters of a descriptor for each of 500 endpoints.
    expect(stderr).toMatch(/^certsweep: 550 open files [^\n]*ulimit -n 753[^\n]*\n$/);
    expect(code).toBe(0);
    expect(countInventory(db)).toEqual(wholeInventory(given.partSize));
    expect(compareFacts(await readFacts(db, given.now), undisturbed)).toEqual([]);
  });

  it('that is met on the way is waited out', async () => {
    const db = folder.file('lowered.db');
    const args = [
      ...scanArgs(given, 'part'),
      '--concurrency',
      '100',
      '--workers',
      '0',
      '--ndjson',
      '--db',
      db,
    ];
    const running = startProgram(['scan', ...args]);
    expect(await running.until(({ lines }) => lines > 0)).toBe(true);
    lower(running.child.pid, 48);
    const { code, stderr } = await running.ended;
    expect(stderr).toMatch(/^certsweep: [^\n]*ulimit -n 253 [^\n]*; going on with fewer at once\n$/);
    expect(code).toBe(0);
    expect(countInventory(db)).toEqual(wholeInventory(given.partSize));
    expect(compareFacts(await readFacts(db, given.now), undisturbed)).toEqual([]);
  });
});

function limitedTo(files: number): ProgramOptions {
  return { before: ['sh', '-c', `ulimit -n ${files}; exec "$@"`, 'sh'] };
}

/** Lowers the limit of a process that runs. */
function lower(pid: number | undefined, limit: number): void {
  execFileSync('prlimit', ['--pid', String(pid), `--nofile=${limit}`], { stdio: 'pipe' });
}
