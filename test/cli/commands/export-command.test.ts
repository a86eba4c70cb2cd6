import { spawnSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, watch, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openInventory } from '../../../src/store/inventory.js';
import { makeTemporaryFolder, type TemporaryFolder } from '../../fixtures/temporary-folder.js';
import { type Lab, startLab } from '../../servers/lab.js';
import { makeEndpoint, makeRun, makeTls } from '../../store/sample-observation.js';
import { runCli } from '../run-cli.js';

let folder: TemporaryFolder;
let lab: Lab;
let db: string;

beforeAll(async () => {
  folder = await makeTemporaryFolder();
  lab = await startLab({ firstPort: 0 });
  db = folder.file('inventory.db');
  const anchors = folder.file('corp.pem');
  writeFileSync(anchors, lab.trustAnchorsPem);
  const targets = lab.servers
    .filter(({ name }) => ['good', 'expired', 'wildcard', 'plain-http'].includes(name))
    .map(({ endpointTarget }) => endpointTarget);
  await runCli(['scan', ...targets, '--trust-store', `corp=${anchors}`, '--db', db, '--quiet']);
});

afterAll(async () => {
  await lab.close();
  await folder.remove();
});

describe('certsweep export', () => {
  it('writes CSV with the default columns, certificates only, and all endpoints with --outcomes', async () => {
    const some = await runCli(['export', '--format', 'csv', '--db', db]);
    expect(some.stdout).toMatch(
      /^Address,Port,Common Name,Status,Expires,Issued,Issuer,Validation,Key Type,/,
    );
    expect(some.stdout.split('\r\n')).toHaveLength(1 + 3 + 1);
    const all = await runCli(['export', '--format', 'csv', '--outcomes', '--db', db]);
    expect(all.stdout.split('\r\n')).toHaveLength(1 + 4 + 1);
    expect(all.stdout).toContain('No certificate');
  });

  it('chooses columns, order and number', async () => {
    const args = ['--fields', 'Common Name,status', '--sort', '-commonName', '--limit', '2', '--db', db];
    const { stdout } = await runCli(['export', '--format', 'csv', ...args]);
    expect(stdout).toBe('Common Name,Status\r\ngood.lab.example,Good\r\nexpired.lab.example,Expired\r\n');
  });

  it('writes a file whole, with a byte order mark when asked', async () => {
    const file = folder.file('report.csv');
    const { code, stdout } = await runCli(['export', '--format', 'csv', '--bom', '--out', file, '--db', db]);
    expect({ code, stdout }).toEqual({ code: 0, stdout: '' });
    expect(readFileSync(file).subarray(0, 10).toString('utf8')).toBe('\ufeffAddress');
  });

  it('writes the certificates themselves, and a page with its script and style sheet', async () => {
    const pem = await runCli(['export', '--format', 'pem', '--db', db]);
    const [first = ''] = /-----BEGIN[^-]+-----[^-]+-----END[^-]+-----/.exec(pem.stdout) ?? [];
    expect(new X509Certificate(first).subject).toMatch(/lab\.example/);
    const page = await runCli(['export', '--format', 'html', '--db', db]);
    expect(page.stdout).toMatch(/<style>.*color-scheme.*<\/style>.*<script>.*aria-sort.*<\/script>/s);
  });

  it.each([
    { args: ['--format', 'pem', '--fields', 'port'], message: /--fields: pem is not made of fields/ },
    { args: ['--format', 'pdf'], message: /Allowed choices are cbom, csv, html, ics, json, markdown/ },
    { args: ['--format', 'csv', '--fields', 'adress'], message: /did you mean address/ },
    { args: ['--format', 'csv', '--sort', 'colour'], message: /cannot sort by "colour"/ },
    { args: ['--format', 'csv', '--run', 'ffff'], message: /has no run ffff/ },
    { args: ['--format', 'csv', '--out', 'nowhere/report.csv'], message: /there is no directory nowhere/ },
  ])('refuses $args with one clear line', async ({ args, message }) => {
    const { code, stderr } = await runCli(['export', ...args, '--db', db]);
    expect(stderr).toMatch(message);
    expect(code).toBe(2);
  });

  it('says so when there is no inventory', async () => {
    const { code, stderr } = await runCli(['export', '--format', 'csv', '--db', folder.file('none.db')]);
    expect(stderr).toMatch(/there is no inventory .*: certsweep scan makes one/);
    expect(code).toBe(2);
  });
});

describe('an export that is stopped', () => {
  it('leaves no file behind, and the one that was there as it was', async () => {
    const large = folder.file('large.db');
    const inventory = openInventory(large, { create: true });
    await inventory.startRun(makeRun());
    const address = (i: number) => `10.0.${i >> 8}.${i & 255}`;
    for (let i = 0; i < 25_000; i += 5000)
      await inventory.saveBatch(
        Array.from({ length: 5000 }, (_, j) => makeTls(makeEndpoint({ address: address(i + j) }))),
      );
    await inventory.close();
    const reports = folder.file('reports');
    mkdirSync(reports);
    const file = path.join(reports, 'report.csv');
    writeFileSync(file, 'before');
    const { code, stderr } = await runCli(['export', '--format', 'csv', '--db', large, '--out', file], {
      started: (child) => {
        const watcher = watch(reports, () => {
          watcher.close();
          child.kill('SIGINT');
        });
      },
    });
    expect({ code, stderr }).toEqual({
      code: 130,
      stderr: 'certsweep: stopping, and writing nothing; once more stops at once\n',
    });
    expect(readdirSync(reports)).toEqual(['report.csv']);
    expect(readFileSync(file, 'utf8')).toBe('before');
  });
});

describe('an export to a terminal', () => {
  it.skipIf(spawnSync('script', ['--version']).status !== 0)('is refused where it is no text', () => {
    const main = path.join(import.meta.dirname, '../../../dist/cli/main.js');
    const command = `"${process.execPath}" "${main}" export --format xlsx --db "${db}"`;
    const { status, stdout } = spawnSync(
      'script',
      ['--quiet', '--return', '--command', command, '/dev/null'],
      {
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'ignore'],
      },
    );
    expect(stdout).toContain('certsweep: xlsx is no text for a terminal: name a file with --out');
    expect(status).toBe(2);
  });
});

describe('certsweep list', () => {
  it('shows endpoints, soonest to expire first when asked', async () => {
    const { stdout } = await runCli(['list', '--sort', 'expires', '--db', db]);
    const lines = stdout.trimEnd().split('\n');
    expect(lines[0]).toMatch(/^Endpoint +Status +Grade +Expires +Common Name +Path +Findings$/);
    expect(lines).toHaveLength(4);
    expect(lines[1]).toMatch(/^expired\.lab\.example@.* Expired .* expired$/);
  });

  it('shows certificates and runs', async () => {
    const certificates = await runCli(['list', 'certificates', '--db', db]);
    expect(certificates.stdout).toContain('*.lab.example');
    const runs = await runCli(['list', 'runs', '--db', db]);
    expect(runs.stdout).toMatch(/completed +scan +4 +3 tls, 1 not-tls/);
  });

  it('says how to see what the limit hides', async () => {
    const { stdout } = await runCli(['list', '--limit', '1', '--db', db]);
    expect(stdout).toContain('… and more: --limit 10 shows them');
  });
});
