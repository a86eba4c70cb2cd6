import type { ChildProcess } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ObservationRecord } from '../../src/model/observation-record.js';
import { makeTemporaryFolder, type TemporaryFolder } from '../fixtures/temporary-folder.js';
import { type Lab, startLab } from '../servers/lab.js';
import { listenTcp } from '../servers/listener.js';
import { type CliResult, runCli } from './run-cli.js';

let folder: TemporaryFolder;

beforeAll(async () => {
  folder = await makeTemporaryFolder();
});

afterAll(() => folder.remove());

let counter = 0;
function fresh(): string {
  counter += 1;
  return folder.file(`${counter}.db`);
}

/** All that a run has stored, without its times. */
async function exportAll(db: string): Promise<ObservationRecord[]> {
  const { stdout } = await runCli(['export', '--format', 'ndjson', '--outcomes', '--db', db]);
  return stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as ObservationRecord);
}

function comparable(records: readonly ObservationRecord[]): unknown[] {
  return records
    .map(({ run: _run, observedAt: _observedAt, ...rest }) => rest)
    .sort((a, b) => (JSON.stringify(a.endpoint) < JSON.stringify(b.endpoint) ? -1 : 1));
}

describe('a scan with workers', () => {
  let lab: Lab;
  let anchors: string;

  beforeAll(async () => {
    lab = await startLab({ firstPort: 0 });
    anchors = folder.file('corp.pem');
    writeFileSync(anchors, lab.trustAnchorsPem);
  });

  afterAll(() => lab.close());

  it('finds the same as one without', async () => {
    const targets = lab.servers.map(({ endpointTarget }) => endpointTarget);
    const found: unknown[][] = [];
    for (const workers of ['0', '1', '2']) {
      const db = fresh();
      const args = [
        '--trust-store',
        `corp=${anchors}`,
        '--timeout',
        '3000',
        '--now',
        '2026-11-22',
        '--seed',
        'a',
      ];
      const { code, stderr } = await runCli([
        'scan',
        ...targets,
        ...args,
        '--workers',
        workers,
        '--quiet',
        '--db',
        db,
      ]);
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      found.push(comparable(await exportAll(db)));
    }
    expect(found[0]).toHaveLength(lab.servers.length);
    expect(found[1]).toEqual(found[0]);
    expect(found[2]).toEqual(found[0]);
  }, 60_000);
});

describe('a scan that is killed', () => {
  it('loses nothing that was stored, stores nothing twice, and goes on from there', async () => {
    const listener = await listenTcp((socket) => socket.destroy(), { host: '0.0.0.0', port: 0 });
    const db = fresh();
    const args = [
      'scan',
      '127.4.0.0/20',
      '-p',
      String(listener.port),
      '--db',
      db,
      '--workers',
      '2',
      '--rate',
      '1000',
    ];
    const killed = await runCli([...args, '--ndjson', '--no-progress'], {
      onStdout: (text, child) => {
        // Half of them, after two seconds: what is printed is stored within one.
        if (text.length > 1_000_000) child.kill('SIGKILL');
      },
    });
    expect(killed.code).toBeNull();
    const before = await exportAll(db);
    expect(before.length).toBeGreaterThan(0);
    expect(before.length).toBeLessThan(4096);
    const resumed: CliResult = await runCli([
      'scan',
      '--resume',
      '--db',
      db,
      '--rate',
      '100000',
      '--no-progress',
    ]);
    await listener.close();
    expect(resumed.stderr).toBe('');
    expect(resumed.stdout).toContain('4,096 of 4,096 in the plan done');
    expect(resumed.stdout).toContain(`${before.length.toLocaleString('en-US')} done before`);
    const after = await exportAll(db);
    expect(after).toHaveLength(4096);
    expect(new Set(after.map(({ endpoint }) => endpoint.address)).size).toBe(4096);
    const times = new Map(after.map(({ endpoint, observedAt }) => [endpoint.address, observedAt]));
    for (const { endpoint, observedAt } of before) expect(times.get(endpoint.address)).toBe(observedAt);
  }, 60_000);
});

describe('a scan with workers that is stopped', () => {
  it('saves what is known and says how to go on', async () => {
    let running: ChildProcess | undefined;
    const silent = await listenTcp(
      () => {
        running?.kill('SIGINT');
        running = undefined;
      },
      { host: '0.0.0.0', port: 0 },
    );
    const db = fresh();
    const { code, stderr } = await runCli(
      ['scan', '127.5.0.0/22', '-p', String(silent.port), '--workers', '2', '--timeout', '60000', '--db', db],
      {
        started: (child) => {
          running = child;
        },
      },
    );
    await silent.close();
    expect(stderr).toMatch(/interrupted; go on with: certsweep scan --resume/);
    expect(code).toBe(130);
  });
});

describe('what a scan shows', () => {
  it('heeds the waivers that the inventory has, and so does a check', async () => {
    const lab = await startLab({ firstPort: 0 });
    const db = fresh();
    const target =
      lab.servers.find(({ endpointTarget }) => endpointTarget.startsWith('expired.'))?.endpointTarget ?? '';
    const scanAgain = ['scan', target, '--fail-on', 'low', '--db', db];
    const before = await runCli(scanAgain);
    expect(before.code).toBe(1);
    const listed = await runCli(['export', '--format', 'ndjson', '--db', db]);
    const found = [...listed.stdout.matchAll(/"id":"([a-z0-9-]+)"/g)].map((match) => match[1] ?? '');
    const waive = [
      '--waive',
      found.join(),
      '--owner',
      'Jane',
      '--reason',
      'test bench',
      '--until',
      '2099-12-31',
    ];
    expect((await runCli(['tag', '--rule', 'cidr:127.0.0.0/8', ...waive, '--db', db])).stderr).toBe('');

    const after = await runCli(scanAgain);
    expect(after.code).toBe(0);
    expect(after.stdout).toContain('Expired');
    expect(after.stdout).not.toMatch(/^Findings/m);
    const checked = await runCli(['check', target, '--json', '--fail-on', 'low', '--db', db]);
    expect(checked.code).toBe(0);
    expect(checked.stdout).toContain('"owner": "Jane"');
    // Without the inventory nobody knows of them.
    expect((await runCli(['check', target, '--json', '--fail-on', 'low'])).code).toBe(1);
    await lab.close();
  });
});
