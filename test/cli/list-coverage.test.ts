import { afterAll, beforeAll, expect, it } from 'vitest';
import { makeTemporaryFolder, type TemporaryFolder } from '../fixtures/temporary-folder.js';
import { runCli } from './run-cli.js';

let folder: TemporaryFolder;

beforeAll(async () => {
  folder = await makeTemporaryFolder();
});

afterAll(() => folder.remove());

it('tells what a run has covered, in the summary, as tables and as JSON', async () => {
  const db = ['--db', folder.file('coverage.db')];
  const scanned = await runCli([
    'scan',
    '127.8.0.0/23',
    '-p',
    '1,2',
    '--rate',
    '100000',
    ...db,
    '--no-progress',
  ]);
  expect(scanned).toMatchObject({ code: 0, stderr: '' });
  expect(scanned.stdout).toMatch(/^2 +512 +0 +512/m);
  expect(scanned.stdout).toMatch(/^127\.8\.1\.0\/24 +512 +0 +512/m);
  const listed = await runCli(['list', 'coverage', ...db]);
  expect(listed.stdout).toContain('1,024 observed, 1,024 in the plan, completed');
  expect(listed.stdout).toMatch(/^127\.8\.1\.0\/24 +512 +0 +512/m);
  const { stdout } = await runCli(['list', 'coverage', '--json', ...db]);
  const coverage = JSON.parse(stdout);
  expect(coverage).toMatchObject({ planSize: 1024, outcomes: { refused: 1024, tls: 0 } });
  expect(coverage.ports).toEqual([
    { port: 1, protocol: 'tls', counts: { refused: 512 } },
    { port: 2, protocol: 'tls', counts: { refused: 512 } },
  ]);
  const refused = await runCli(['list', 'coverage', '--sort', 'expires', ...db]);
  expect(refused).toMatchObject({ code: 2, stderr: 'certsweep: list coverage takes no --sort\n' });
}, 60_000);
