import { X509Certificate } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeTemporaryFolder, type TemporaryFolder } from '../../fixtures/temporary-folder.js';
import { type Lab, startLab } from '../../servers/lab.js';
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
    expect(runs.stdout).toMatch(/completed +4 +3 tls, 1 not-tls/);
  });

  it('says how to see what the limit hides', async () => {
    const { stdout } = await runCli(['list', '--limit', '1', '--db', db]);
    expect(stdout).toContain('… and more: --limit 10 shows them');
  });
});
