import type { ChildProcess } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { formatSavedRun } from '../../../src/cli/print/saved-run.js';
import { makeTemporaryFolder, type TemporaryFolder } from '../../fixtures/temporary-folder.js';
import { type Lab, startLab } from '../../servers/lab.js';
import { type Listener, listenTcp } from '../../servers/listener.js';
import { runCli } from '../run-cli.js';

let folder: TemporaryFolder;
let lab: Lab;
let silent: Listener;
/** Told whenever the silent server is reached. */
let reached: () => void = () => undefined;

beforeAll(async () => {
  folder = await makeTemporaryFolder();
  lab = await startLab({ firstPort: 0 });
  silent = await listenTcp(() => reached(), { host: '127.0.0.1', port: 0 });
});

afterAll(async () => {
  await silent.close();
  await lab.close();
  await folder.remove();
});

const targetOf = (name: string) =>
  lab.servers.find(({ endpointTarget }) => endpointTarget.startsWith(`${name}.`))?.endpointTarget ?? '';

/** Scans two servers of the lab into a new inventory. */
async function scanTwo(file: string): Promise<string> {
  const db = folder.file(file);
  const { code } = await runCli(['scan', targetOf('good'), targetOf('expired'), '--quiet', '--db', db]);
  expect(code).toBe(0);
  return db;
}

/** All that the inventory tells of endpoints, of certificates, and in short. */
async function tellAll(db: string): Promise<string[]> {
  const outputs: string[] = [];
  for (const args of [
    ['export', '--format', 'csv', '--outcomes'],
    ['list', 'certificates'],
    ['list', 'overview'],
  ])
    outputs.push((await runCli([...args, '--db', db])).stdout);
  return outputs;
}

const listRuns = async (db: string) => (await runCli(['list', 'runs', '--db', db])).stdout;

async function listHosts(db: string): Promise<string[]> {
  const { stdout } = await runCli(['export', '--format', 'ndjson', '--outcomes', '--db', db]);
  return [...stdout.matchAll(/"serverName":"(\w+)\./g)].map((match) => match[1] ?? '').sort();
}

describe('certsweep scan --save replace', () => {
  it('puts a complete run in place of all others', async () => {
    const db = await scanTwo('complete.db');
    const { code, stderr, stdout } = await runCli([
      'scan',
      targetOf('good'),
      '--save',
      'replace',
      '--db',
      db,
    ]);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/^Saved in \S+ as run \S+, in place of 1 other run$/m);
    expect(await listHosts(db)).toEqual(['good']);
    const runs = await listRuns(db);
    expect(runs).toContain('completed, replaced others');
    expect(runs.match(/completed/g)).toHaveLength(1);
    expect((await runCli(['verify', '--db', db])).code).toBe(0);
    await runCli(['scan', targetOf('expired'), '--save', 'merge', '--quiet', '--db', db]);
    expect(await listHosts(db)).toEqual(['expired', 'good']);
  });

  it('takes nothing away when it is interrupted, and goes on from there', async () => {
    const db = await scanTwo('interrupted.db');
    const before = await tellAll(db);
    let running: ChildProcess | undefined;
    reached = () => {
      running?.kill('SIGINT');
      running = undefined;
    };
    const definition = folder.file('replace.yaml');
    writeFileSync(
      definition,
      `targets: [${targetOf('good')}, 127.0.0.1:${silent.port}]\nsave: replace\ntimeout: 60000\n`,
    );
    const stopped = await runCli(['scan', '--definition', definition, '--db', db], {
      started: (child) => {
        running = child;
      },
    });
    expect(stopped.code).toBe(130);
    expect(stopped.stdout).toContain('which has replaced nothing: what was known before stands');
    expect(await tellAll(db)).toEqual(before);
    expect(await listRuns(db)).toContain('interrupted, replaces others once complete');

    const refused = await runCli(['scan', '--resume', '--save', 'merge', '--db', db]);
    expect(refused.code).toBe(2);
    expect(refused.stderr).toContain('leave out --save');
    const resumed = await runCli(['scan', '--resume', '--timeout', '500', '--db', db]);
    expect(resumed.code).toBe(0);
    expect(resumed.stdout).toContain('in place of 1 other run');
    expect(await listHosts(db)).toEqual(['good']);
  });

  it('takes nothing away when it finds no certificate, and says why', async () => {
    const db = await scanTwo('nothing.db');
    const before = await tellAll(db);
    const args = ['--save', 'replace', '--timeout', '300', '--quiet', '--db', db];
    const { code, stderr } = await runCli(['scan', `127.0.0.1:${silent.port}`, ...args]);
    expect(code).toBe(3);
    expect(stderr).toMatch(/has replaced nothing: it found no certificate, and 2 endpoints of the inventory/);
    expect(await tellAll(db)).toEqual(before);
    expect(await listRuns(db)).toContain('failed, replaces others once complete');
    const shown = await runCli(['list', 'endpoints', '--run', 'last', '--outcomes', '--db', db]);
    expect(shown.stdout).toContain(`127.0.0.1:${silent.port}`);
    const resumed = await runCli(['scan', '--resume', '--quiet', '--db', db]);
    expect([resumed.code, resumed.stderr]).toEqual([3, stderr]);
    // The next one that is complete takes it away with the rest.
    const next = await runCli(['scan', targetOf('good'), '--save', 'replace', '--db', db]);
    expect(next.stdout).toContain('in place of 2 other runs');
  });

  it.each([
    [['--only-new'], '--only-new leaves out'],
    [['--older-than', '7d'], '--older-than leaves out'],
  ])('refuses to lose what %s leaves out', async (args, reason) => {
    const db = folder.file('none.db');
    const { code, stderr } = await runCli(['scan', '127.0.0.1', '--save', 'replace', ...args, '--db', db]);
    expect([code, stderr.includes(reason)]).toEqual([2, true]);
  });
});

describe('the last lines of a scan', () => {
  it('name a run that may be going on elsewhere', () => {
    const saved = { path: 'a.db', run: 'new', replaces: true };
    const text = formatSavedRun({
      ...saved,
      replaced: { doubt: null, removed: 0, goingOn: ['old', 'older'] },
    });
    expect(text.split('\n')).toEqual([
      'Saved in a.db as run new, in place of 0 other runs',
      'Left as they were: 2 runs that have not ended and may be going on elsewhere; one that was killed is ended by certsweep scan --resume old',
      '',
    ]);
    expect(formatSavedRun({ ...saved, replaces: false, replaced: null })).toBe('Saved in a.db as run new\n');
  });
});
