import { copyFileSync, existsSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest';
import { makeTemporaryFolder, type TemporaryFolder } from '../fixtures/temporary-folder.js';
import { judgeArgs, scanArgs } from './fault-targets.js';
import {
  compareFacts,
  countInventory,
  type InventoryFacts,
  readFacts,
  wholeInventory,
} from './inventory-facts.js';
import { runProgram } from './program.js';
import { describeUnless } from './skip-aloud.js';
import { findDiskObstacle, openSmallDisk, type SmallDisk } from './small-disk.js';

const given = inject('faultTargets');

/** Room for the whole network, and then some. */
const AMPLE_KIB = 64 * 1024;

let folder: TemporaryFolder;
let undisturbed: InventoryFacts;
let reference: string;
let disk: SmallDisk | null = null;

beforeAll(async () => {
  folder = await makeTemporaryFolder();
  reference = folder.file('undisturbed.db');
  const { code } = await runProgram(['scan', ...scanArgs(given), '--db', reference]);
  expect(code).toBe(0);
  undisturbed = await readFacts(reference, given.now);
});

afterEach(async () => {
  await disk?.close();
  disk = null;
});

afterAll(() => folder.remove());

const obstacle = await findDiskObstacle();

describeUnless(obstacle, 'a disk that is full', () => {
  it.each([800, 1600])('stops a scan at %i KiB, which goes on when there is room', async (kibibytes) => {
    disk = await openSmallDisk(kibibytes);
    const db = disk.file('inventory.db');
    const scan = await runProgram(['scan', ...scanArgs(given), '--db', db]);
    expect(scan.stderr).toMatch(/^certsweep: the disk is full: the last batch was not saved/);
    expect(scan.stderr).toContain('then go on with: certsweep scan --resume');
    expect(scan.stderr).not.toContain('fault of certsweep');
    expect(scan.code).toBe(3);

    const copy = folder.file(`${kibibytes}.db`);
    copyFileSync(db, copy);
    if (existsSync(`${db}-wal`)) copyFileSync(`${db}-wal`, `${copy}-wal`);
    expect(countInventory(copy)).toMatchObject({ integrity: 'ok', brokenReferences: 0 });

    disk.resize(AMPLE_KIB);
    const resumed = await runProgram(['scan', '--resume', ...judgeArgs(given), '--db', db]);
    expect([resumed.code, resumed.stderr]).toEqual([0, '']);
    expect(countInventory(db)).toEqual(wholeInventory(given.size));
    expect(compareFacts(await readFacts(db, given.now), undisturbed)).toEqual([]);
  });

  it.each([400, 800])('leaves all runs that one is to replace, with %i KiB left', async (kibibytes) => {
    disk = await openSmallDisk(Math.ceil(statSync(reference).size / 1024) + kibibytes);
    const db = disk.file('inventory.db');
    copyFileSync(reference, db);
    const scan = await runProgram(['scan', ...scanArgs(given), '--save', 'replace', '--db', db]);
    expect(scan.stderr).toMatch(/^certsweep: the disk is full/);
    expect(scan.stderr).toContain('then go on with: certsweep scan --resume');
    expect(scan.code).toBe(3);

    disk.resize(AMPLE_KIB);
    expect(compareFacts(await readFacts(db, given.now), undisturbed)).toEqual([]);
    const resumed = await runProgram(['scan', '--resume', ...judgeArgs(given), '--db', db]);
    expect([resumed.code, resumed.stderr]).toEqual([0, '']);
    expect(countInventory(db)).toEqual(wholeInventory(given.size));
    expect(compareFacts(await readFacts(db, given.now), undisturbed)).toEqual([]);
  });

  it('is told at once where there is no room for an inventory at all', async () => {
    disk = await openSmallDisk(64);
    const db = disk.file('inventory.db');
    const { code, stderr } = await runProgram(['scan', ...scanArgs(given, 'part'), '--db', db]);
    expect(stderr).toMatch(/^certsweep: the disk is full: free some space on the disk of /);
    expect(code).toBe(3);
  });

  it.each(['csv', 'ndjson', 'json', 'xlsx', 'html', 'pem'])('leaves no half %s export', async (format) => {
    disk = await openSmallDisk(64);
    const out = disk.file(`inventory.${format}`);
    const args = ['--format', format, '--outcomes', '--db', reference, '--out', out];
    const { code, stderr } = await runProgram(['export', ...args]);
    expect(stderr).toBe(
      `certsweep: cannot write ${out}: the disk is full; nothing was written: free some space, or write elsewhere\n`,
    );
    expect(code).toBe(3);
    expect(readdirSync(dirname(out))).toEqual([]);
  });

  it('leaves the file that an export was to replace', async () => {
    disk = await openSmallDisk(64);
    const out = disk.file('inventory.csv');
    writeFileSync(out, 'as it was');
    const { code } = await runProgram([
      'export',
      '--format',
      'csv',
      '--outcomes',
      '--db',
      reference,
      '--out',
      out,
    ]);
    expect(code).toBe(3);
    expect(readdirSync(dirname(out))).toEqual(['inventory.csv']);
  });
});

describe('a pipe that takes no more', () => {
  it('is told when an export goes to a full device', async () => {
    const { code, stderr } = await runProgram([
      'export',
      '--format',
      'csv',
      '--db',
      reference,
      '--out',
      '/dev/full',
    ]);
    expect(stderr).toMatch(/^certsweep: cannot write \/dev\/full: the disk is full/);
    expect(code).toBe(3);
  });
});
