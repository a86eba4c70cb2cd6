import { existsSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ObservationRecord } from '../../../src/model/observation-record.js';
import { makeTemporaryFolder, type TemporaryFolder } from '../../fixtures/temporary-folder.js';
import { checkRecords } from '../../servers/check-records.js';
import { startConnectProxy } from '../../servers/connect-proxy.js';
import { type Lab, startLab } from '../../servers/lab.js';
import { runCli } from '../run-cli.js';

let folder: TemporaryFolder;
let lab: Lab;
let anchors: string;

beforeAll(async () => {
  folder = await makeTemporaryFolder();
  lab = await startLab({ firstPort: 0 });
  anchors = folder.file('corp.pem');
  writeFileSync(anchors, lab.trustAnchorsPem);
});

afterAll(async () => {
  await lab.close();
  await folder.remove();
});

/** A file name that no other test uses. */
let counter = 0;
function fresh(ending: string): string {
  counter += 1;
  return folder.file(`${counter}.${ending}`);
}

function targets(): string[] {
  return lab.servers.map(({ endpointTarget }) => endpointTarget);
}

function parseRecords(text: string): ObservationRecord[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as ObservationRecord);
}

describe('certsweep scan', () => {
  it('finds in each server of the lab its own defect and no other', async () => {
    const db = fresh('db');
    const args = ['--trust-store', `corp=${anchors}`, '--timeout', '1500', '--db', db];
    const scanned = await runCli(['scan', ...targets(), ...args, '--ndjson']);
    expect(scanned.stderr).not.toContain('Warning');
    expect(scanned.code).toBe(0);
    expect(checkRecords(lab.servers, parseRecords(scanned.stdout))).toEqual([]);

    const exported = await runCli(['export', '--format', 'ndjson', '--outcomes', '--db', db]);
    expect(checkRecords(lab.servers, parseRecords(exported.stdout))).toEqual([]);
  });

  it('prints the worst first and totals that add up', async () => {
    const args = ['--trust-store', `corp=${anchors}`, '--timeout', '1000', '--db', fresh('db')];
    const { stdout, stderr, code } = await runCli(['scan', ...targets(), ...args]);
    expect(code).toBe(0);
    expect(stderr).toBe('');
    const total = lab.servers.length;
    expect(stdout).toContain(`${total} observed`);
    expect(stdout).toContain(`${total} of ${total} in the plan done`);
    const outcomes = /^Outcome +(.*)$/m.exec(stdout)?.[1] ?? '';
    const sum = [...outcomes.matchAll(/(\d+) [a-z-]+/g)].reduce((all, match) => all + Number(match[1]), 0);
    expect(sum).toBe(total);
    const expired = stdout.indexOf('expired.lab.example@');
    const good = stdout.indexOf('good.lab.example@');
    expect(expired).toBeGreaterThan(0);
    expect(expired).toBeLessThan(good);
  });

  it('exits with 1 when a finding is as bad as --fail-on says, else with 0', async () => {
    const expired = targets().find((target) => target.startsWith('expired.')) ?? '';
    const good = targets().find((target) => target.startsWith('good.')) ?? '';
    const args = ['--trust-store', `corp=${anchors}`, '--fail-on', 'high', '--quiet', '--db', fresh('db')];
    expect(await runCli(['scan', expired, ...args])).toEqual({ code: 1, stdout: '', stderr: '' });
    expect(await runCli(['scan', good, ...args])).toEqual({ code: 0, stdout: '', stderr: '' });
  });

  it('judges as of --now', async () => {
    const good = targets().find((target) => target.startsWith('good.')) ?? '';
    const args = ['--trust-store', `corp=${anchors}`, '--now', '2046-01-01', '--ndjson', '--db', fresh('db')];
    const { stdout } = await runCli(['scan', good, ...args]);
    expect(parseRecords(stdout)[0]?.status).toBe('Expired');
  });

  it('tells the plan without opening a socket or a file', async () => {
    const db = fresh('db');
    const args = ['--ports', '1-100', '--dry-run', '--seed', 'a', '--db', db];
    const { code, stdout } = await runCli(['scan', '10.0.0.0/8', ...args]);
    expect(code).toBe(0);
    expect(stdout).toContain('Plan: 1,677,721,600 endpoints');
    expect(stdout.match(/^ {2}10\.\d+\.\d+\.\d+:\d+$/gm)).toHaveLength(10);
    expect(existsSync(db)).toBe(false);
  });

  it('reads targets and excludes from files and standard input', async () => {
    const file = fresh('txt');
    writeFileSync(file, '127.0.0.0/30 # the first four\n');
    const args = ['-f', file, '-f', '-', '-x', '127.0.0.2', '--dry-run', '--seed', 'a'];
    const { stdout } = await runCli(['scan', ...args], { input: '127.0.1.1:8443\n' });
    const shown = [...stdout.matchAll(/^ {2}(\S+)$/gm)].map((match) => match[1]).sort();
    expect(shown).toEqual(['127.0.0.0:443', '127.0.0.1:443', '127.0.0.3:443', '127.0.1.1:8443']);
  });

  it('reads a scan definition, which the command line overrides', async () => {
    const file = fresh('yaml');
    writeFileSync(file, 'targets: [127.0.0.1, 127.0.0.2]\nexclude: 127.0.0.2\nports: 443 8443\nseed: a\n');
    const { stdout } = await runCli(['scan', '--definition', file, '-p', '993', '--dry-run']);
    expect([...stdout.matchAll(/^ {2}(\S+)$/gm)].map((match) => match[1])).toEqual(['127.0.0.1:993']);
  });

  it('tries the names of certificates, and keeps those apart from the plan in its totals', async () => {
    const good = targets().find((target) => target.startsWith('good.')) ?? '';
    const args = ['--names', 'san', '--trust-store', `corp=${anchors}`, '--db', fresh('db')];
    const { code, stdout } = await runCli(['scan', good.replace(/^.*@/, ''), ...args]);
    expect(code).toBe(0);
    expect(stdout).toContain('2 observed');
    expect(stdout).toContain('1 of 1 in the plan done, 1 more by names');
    expect(stdout).toContain('good.lab.example@127.0.0.1');
  });

  it('tells versions, suites and groups with --depth posture, and what is wrong with them', async () => {
    const db = fresh('db');
    const wanted = lab.servers.filter(({ name }) => ['good', 'old-tls', 'smtp-starttls'].includes(name));
    const args = ['--depth', 'posture', '--trust-store', `corp=${anchors}`, '--db', db, '--ndjson'];
    const scanned = await runCli(['scan', ...wanted.map(({ endpointTarget }) => endpointTarget), ...args]);
    const exported = await runCli(['export', '--format', 'ndjson', '--db', db]);
    for (const { stdout } of [scanned, exported]) {
      const records = parseRecords(stdout);
      const recordOf = (name: string) =>
        records.find(({ endpoint }) => endpoint.port === wanted.find((each) => each.name === name)?.port);
      expect(records).toHaveLength(3);
      expect(recordOf('old-tls')).toMatchObject({
        posture: {
          complete: true,
          versions: { TLSv1: true, 'TLSv1.1': false, 'TLSv1.2': false, 'TLSv1.3': false },
        },
        findings: [{ id: 'tls10', subject: null }, { id: 'no-tls13' }],
        status: 'Warning',
      });
      for (const name of ['good', 'smtp-starttls']) {
        expect(recordOf(name)).toMatchObject({
          posture: { complete: true, versions: { 'TLSv1.1': false, 'TLSv1.2': true, 'TLSv1.3': true } },
          findings: [{ id: 'no-post-quantum-group', severity: 'info' }],
          status: 'Good',
        });
      }
    }
  });

  it('connects through a proxy', async () => {
    const proxy = await startConnectProxy();
    try {
      const good = targets().find((target) => target.startsWith('good.')) ?? '';
      const args = ['--trust-store', `corp=${anchors}`, '--ndjson', '--db', fresh('db')];
      const { stdout } = await runCli(['scan', good, '--proxy', `127.0.0.1:${proxy.port}`, ...args]);
      expect(parseRecords(stdout)[0]).toMatchObject({ outcome: 'tls', status: 'Good' });
      expect(proxy.asked).toEqual([good.replace(/^.*@/, '')]);
    } finally {
      await proxy.close();
    }
  });

  it('saves what is known when it is interrupted, and goes on from there', async () => {
    const db = fresh('db');
    const args = ['scan', '127.0.0.0/22', '--ports', '4,5', '--rate', '500', '--db', db];
    const interrupted = await runCli([...args, '--ndjson'], {
      onStdout: (text, child) => {
        // Once: the second signal would stop it at once.
        if (text.includes('\n') && !child.killed) child.kill('SIGINT');
      },
    });
    expect(interrupted.code).toBe(130);
    expect(interrupted.stderr).toContain('saving what is known');
    const resume = /certsweep (scan --resume \S+ --db \S+)/.exec(interrupted.stderr)?.[1] ?? '';
    const before = parseRecords(
      (await runCli(['export', '--format', 'ndjson', '--outcomes', '--db', db])).stdout,
    );
    expect(before.length).toBeGreaterThan(0);
    expect(before.length).toBeLessThan(2048);

    const resumed = await runCli([...resume.split(' '), '--rate', '100000']);
    expect(resumed.code).toBe(0);
    expect(resumed.stdout).toContain('2,048 of 2,048 in the plan done');
    const after = parseRecords(
      (await runCli(['export', '--format', 'ndjson', '--outcomes', '--db', db])).stdout,
    );
    expect(new Set(after.map(({ endpoint }) => `${endpoint.address}:${endpoint.port}`)).size).toBe(2048);
    expect(after).toHaveLength(2048);
    const runs = await runCli(['list', 'runs', '--db', db]);
    expect(runs.stdout).toContain('completed');
  });

  it('stops at once at the second signal', async () => {
    const silent = net.createServer();
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const address = silent.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    const result = await runCli(['scan', `127.0.0.1:${port}`, '--timeout', '60000', '--db', fresh('db')], {
      started: (child) =>
        silent.on('connection', (socket) => {
          socket.on('error', () => socket.destroy());
          child.kill('SIGINT');
          child.kill('SIGTERM');
        }),
    });
    expect(result.code).toBe(130);
    silent.close();
  });
});

describe('certsweep scan refuses', () => {
  const cases: readonly { name: string; args: readonly string[]; message: RegExp }[] = [
    {
      name: 'an unknown option',
      args: ['127.0.0.1', '--prots', '1'],
      message: /unknown option '--prots'\n\(Did you mean --ports\?\)/,
    },
    {
      name: 'a bad address',
      args: ['127.0.0.300'],
      message: /argument 1: "127\.0\.0\.300" is no address: the last octet is above 255/,
    },
    { name: 'a bad port', args: ['127.0.0.1', '-p', '70000'], message: /--ports: "70000" .*above 65535/ },
    { name: 'an unknown port list', args: ['127.0.0.1', '-p', 'mial'], message: /did you mean "mail"/ },
    { name: 'no targets', args: [], message: /no targets: name some/ },
    {
      name: 'only excluded targets',
      args: ['127.0.0.1', '-x', '127.0.0.0/8'],
      message: /every target is excluded/,
    },
    {
      name: 'a targets file that is not there',
      args: ['-f', 'nowhere.txt'],
      message: /cannot read nowhere\.txt .*there is no such file/,
    },
    {
      name: 'a trust store that is not there',
      args: ['127.0.0.1', '--trust-store', 'corp=nowhere.pem'],
      message: /nowhere\.pem/,
    },
    {
      name: 'a trust store without a name',
      args: ['127.0.0.1', '--trust-store', 'corp.pem'],
      message: /a name and a file/,
    },
    {
      name: 'a speed that does not exist',
      args: ['127.0.0.1', '--speed', 'warp'],
      message: /Allowed choices are slow, normal, fast/,
    },
    {
      name: 'a database in no directory',
      args: ['127.0.0.1', '--db', 'nowhere/x.db'],
      message: /there is no directory nowhere/,
    },
    { name: 'a moment that is none', args: ['127.0.0.1', '--now', 'tomorrow'], message: /must be a date/ },
    { name: 'resuming with targets', args: ['127.0.0.1', '--resume'], message: /leave out the targets/ },
    { name: 'a plan of more than 2^48', args: ['::/0'], message: /more than 2\^48/ },
  ];

  it.each(cases)('$name, with one clear line and exit code 2', async ({ args, message }) => {
    const { code, stdout, stderr } = await runCli(['scan', ...args], { cwd: folder.path });
    expect(stderr).toMatch(message);
    expect(stderr).toMatch(/^certsweep: /);
    expect(stdout).toBe('');
    expect(code).toBe(2);
    expect(existsSync(folder.file('scans'))).toBe(false);
  });

  it('a file that is no inventory, and leaves it as it is', async () => {
    const file = fresh('db');
    writeFileSync(
      file,
      'this is a letter, not a database, and longer than one hundred bytes so that it looks like something\n',
    );
    const { code, stderr } = await runCli(['scan', '127.0.0.1', '--db', file]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^certsweep: .*\n$/);
  });

  it.each([
    [['--names', 'dns'], 'it must be a list of ptr, san, cert'],
    [['--proxy', 'proxy.example'], 'write the host and port of an HTTP proxy'],
    [['--proxy', '127.0.0.1:1'], 'the proxy 127.0.0.1:1 cannot be reached'],
  ])('%j', async (args, complaint) => {
    const { code, stderr } = await runCli(['scan', '127.0.0.1:1', ...args, '--db', fresh('db')]);
    expect(code).toBe(2);
    expect(stderr).toContain(complaint);
  });

  it('an unknown key in a scan definition, naming file, line and fix', async () => {
    const file = fresh('yaml');
    writeFileSync(file, 'targets: 127.0.0.1\nport: 443\n');
    const { code, stderr } = await runCli(['scan', '--definition', file]);
    expect(code).toBe(2);
    expect(stderr).toContain(`${file} line 2: unknown key "port"; did you mean "ports"?`);
  });
});
