import { readFileSync, writeFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { openInventory } from '../../../src/store/inventory.js';
import { openDatabase } from '../../../src/store/open-database.js';
import { makeEndpoint, makeRun, makeTls } from '../../store/sample-observation.js';
import { useTemporaryDirectory } from '../../store/temporary-directory.js';
import { runCli } from '../run-cli.js';

const inDirectory = useTemporaryDirectory('suite');

beforeAll(async () => {
  const inventory = openInventory(inDirectory('a.db'), { create: true });
  await inventory.startRun(makeRun());
  await inventory.saveBatch(Array.from({ length: 300 }, (_, i) => makeTls(makeEndpoint({ port: 1 + i }))));
  await inventory.close();
});

const run = (...args: string[]) => runCli([...args, '--db', inDirectory('a.db')]);

describe('upkeep from the command line', () => {
  it('backs up, prunes, vacuums and verifies', async () => {
    const backup = await run('backup', inDirectory('b.db'));
    expect(backup.stdout).toMatch(/b\.db: [\d,]+ bytes\n$/);
    expect((await run('backup', inDirectory('b.db'))).code).toBe(2);
    expect((await run('prune', '--dry-run')).stdout).toBe('there is nothing to remove\n');
    expect((await run('vacuum')).stdout).toMatch(/^[\d,]+ bytes before, [\d,]+ now\n$/);
    const verify = await run('verify');
    expect([verify.code, verify.stdout]).toEqual([0, 'nothing is wrong\n']);
    expect(verify.stderr).toContain('looking at certificates\n');
  });

  it('tells what is wrong, what mends it, and ends with 3', async () => {
    const database = openDatabase(inDirectory('a.db'), {});
    database.exec('update current_endpoint set first_seen = 0');
    database.close();
    const { code, stdout } = await run('verify', '--quiet');
    expect(stdout).toMatch(/^the current view: 300 endpoints .*\ncertsweep vacuum makes it anew/);
    expect(code).toBe(3);
    await run('vacuum');
    expect((await run('verify', '--quiet')).code).toBe(0);
  });

  it('calls a damaged file by its name', async () => {
    const bytes = readFileSync(inDirectory('b.db'));
    bytes.fill(0xff, 4096 * 3, 4096 * 16);
    writeFileSync(inDirectory('damaged.db'), bytes);
    const { code, stderr, stdout } = await runCli(['verify', '--quiet', '--db', inDirectory('damaged.db')]);
    expect(`${stderr}${stdout}`).toMatch(/damaged|the file: /);
    expect(`${stderr}${stdout}`).not.toContain('copy.db');
    expect(code).toBe(3);
  });
});
