import type { ChildProcess } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeTemporaryFolder, type TemporaryFolder } from '../../fixtures/temporary-folder.js';
import { type DnsServer, startDns } from '../../servers/dns.js';
import { type Lab, type LabServer, startLab } from '../../servers/lab.js';
import { type ListenAddress, type Listener, listenTcp } from '../../servers/listener.js';
import { type CliResult, runCli } from '../run-cli.js';

let folder: TemporaryFolder;
let lab: Lab;
let dns: DnsServer;
let rude: Listener;
let trust: readonly string[];

const ANYWHERE: ListenAddress = { host: '127.0.0.1', port: 0 };

beforeAll(async () => {
  folder = await makeTemporaryFolder();
  lab = await startLab({ firstPort: 0 });
  const anchors = folder.file('corp.pem');
  writeFileSync(anchors, lab.trustAnchorsPem);
  trust = ['--trust-store', `corp=${anchors}`];
  dns = await startDns({
    'example.test': {
      mx: [
        { preference: 20, exchange: 'gone.example.test' },
        { preference: 10, exchange: 'mail.lab.example' },
        { preference: 15, exchange: 'other.lab.example' },
      ],
    },
    'mail.lab.example': { a: ['127.0.0.1'] },
    'other.lab.example': { a: ['127.0.0.1'] },
    'no-mail.test': { mx: [{ preference: 0, exchange: '.' }] },
    'mail-itself.test': { a: ['127.0.0.1'] },
  });
  // Says things that would move the cursor, hide text and recolour it.
  rude = await listenTcp((socket) => {
    socket.resume();
    socket.write('220 \u001b[2J\u202egnp.exe ESMTP\r\n554 \u001b[31mno\r\n');
  }, ANYWHERE);
});

afterAll(async () => {
  await Promise.all([lab.close(), dns.close(), rude.close()]);
  await folder.remove();
});

function find(name: string): LabServer {
  const server = lab.servers.find((each) => each.name === name);
  if (!server) throw new Error(`the lab has no server ${name}`);
  return server;
}

function check(name: string, ...args: readonly string[]): Promise<CliResult> {
  return runCli(['check', find(name).endpointTarget, '--depth', 'certificate', ...trust, ...args]);
}

describe('certsweep check', () => {
  it('tells of a sound server who trusts it, what was sent and where the path leads', async () => {
    const { code, stderr, stdout } = await check('good');
    expect(stderr).toBe('');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^good\.lab\.example@127\.0\.0\.1:\d+\n/);
    expect(stdout).toMatch(/^ {2}Status +Good$/m);
    expect(stdout).toMatch(/^ {2}Trust +trusted by corp$/m);
    expect(stdout).toMatch(/^ +not by mozilla \(incomplete\): CN=Lab Issuing CA E1/m);
    expect(stdout).toMatch(/^ {2}Name +the certificate is for good\.lab\.example$/m);
    expect(stdout).toMatch(/^ {2}Negotiated +TLSv1\.3, TLS_\w+, \w+$/m);
    expect(stdout).toContain('No findings');
    expect(stdout).toMatch(/^ {2}1\. the server's certificate$/m);
    expect(stdout).toMatch(/^ {2}2\. intermediate$/m);
    expect(stdout).toMatch(/^ {5}Validity +\d{4}-\d\d-\d\d to \d{4}-\d\d-\d\d, \d+ days left$/m);
    expect(stdout).toMatch(/^ {5}Key +EC 256 bits$/m);
    expect(stdout).toMatch(/^ {5}SHA-256 +[0-9a-f]{64}$/m);
    expect(stdout).toContain('3. CN=Lab Corporate Root,O=Lab (root, not sent, in trust store corp)');
    expect(stdout).not.toContain('chain file');
    expect(stdout).not.toContain('\u001b');
  });

  it('wraps its lines at 100 columns', async () => {
    const { stdout } = await check('good');
    expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(100);
  });

  it('names the missing intermediate, where it is to be had, and the right order', async () => {
    const { stdout } = await check('missing-intermediate');
    expect(stdout).toMatch(/^ {2}medium {4}missing-intermediate: /m);
    expect(stdout).toMatch(/^ {12}Advice {2}/m);
    expect(stdout).toMatch(/^ {12}Source {2}RFC /m);
    expect(stdout).toContain(
      [
        'The chain file must hold, in this order',
        '  1. CN=missing-intermediate.lab.example (sent as 1)',
        '  2. CN=Lab Issuing CA E1,O=Lab (MISSING: get it from http://127.0.0.1:9/issuing-ca.crt)',
      ].join('\n'),
    );
    expect(stdout).toContain('(rule: missing-issuer)');
  });

  it('says which certificate of the chain has expired', async () => {
    const { stdout } = await check('expired-intermediate');
    expect(stdout).toMatch(/✗ {2}CN=Lab Issuing CA E0,O=Lab: it expired on .*\(rule: expired\)/);
    expect(stdout).toMatch(/, expired 5 days ago$/m);
  });

  it('says what answers where no TLS is, and what to do', async () => {
    const { code, stdout } = await check('plain-http');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^ {2}Status +No certificate$/m);
    expect(stdout).toMatch(/^ {2}Outcome +not-tls \(at: handshake, /m);
    expect(stdout).toMatch(/^ {2}What happened +.*HTTP/m);
    expect(stdout).toMatch(/^ {2}What to do +/m);
  });

  it('shows how a mail server greets before TLS', async () => {
    const { stdout } = await check('smtp-starttls');
    expect(stdout).toMatch(/^ {2}Greeting +220 mail\.lab\.example ESMTP$/m);
    expect(stdout).toMatch(/^ {2}Protocol +smtp, then TLS$/m);
  });

  it('asks for versions, suites and groups unless told not to', async () => {
    const { stdout } = await runCli(['check', find('old-tls').endpointTarget, ...trust]);
    expect(stdout).toMatch(/^ {2}TLSv1\.3 +not offered$/m);
    expect(stdout).toMatch(/^ {2}TLSv1 +offered: outdated$/m);
    expect(stdout).toMatch(/^ {4}TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA \(weak\)$/m);
    expect(stdout).toMatch(/^ {2}TLSv1 groups +x25519/m);
    expect(stdout).toContain('no post-quantum group is offered');
    expect(stdout).toMatch(/^ {2}Connections +\d+ made$/m);
  });

  it('checks several targets in the order in which they were named', async () => {
    const names = ['smtp-starttls', 'expired', 'refusing', 'good'];
    const targets = names.map((name) => find(name).endpointTarget);
    const { stdout } = await runCli(['check', ...targets, '--depth', 'certificate', ...trust]);
    const found = targets.map((target) => stdout.indexOf(target));
    expect(found.every((place) => place >= 0)).toBe(true);
    expect(found).toEqual(found.toSorted((a, b) => a - b));
  });

  it('lets no peer write to the terminal', async () => {
    const target = `127.0.0.1:${rude.port}/smtp`;
    const { stdout } = await runCli(['check', target, '--timeout', '2000']);
    expect(stdout).toContain('554');
    expect(
      [...stdout].filter((character) => /[\p{Cc}\p{Cf}]/u.test(character) && character !== '\n'),
    ).toEqual([]);
  });

  it('writes records with their chains as JSON', async () => {
    const targets = [find('good').endpointTarget, find('silent').endpointTarget];
    const { code, stdout } = await runCli(['check', ...targets, '--json', '--timeout', '700', ...trust]);
    expect(code).toBe(0);
    const [good, silent, ...rest] = JSON.parse(stdout);
    expect(rest).toEqual([]);
    expect(good).toMatchObject({
      outcome: 'tls',
      status: 'Good',
      path: { status: 'trusted', trustStores: ['corp'] },
      posture: { versions: { 'TLSv1.3': true, TLSv1: false } },
      chain: {
        name: { asked: 'good.lab.example', matches: true },
        presented: [{ role: 'leaf' }, { role: 'intermediate' }],
        path: [{ place: 1 }, { place: 2 }, { place: null, trustStores: ['corp'] }],
      },
    });
    expect(silent).toMatchObject({ outcome: 'handshake-timeout', chain: null, posture: null });
  });

  it('judges as of --now and by the server name given', async () => {
    const { port } = find('good');
    const args = ['--server-name', 'nobody.example', '--now', '2046-01-01', '--depth', 'certificate'];
    const { stdout } = await runCli(['check', `127.0.0.1:${port}`, ...args, ...trust]);
    expect(stdout).toMatch(/^ {2}Status +Expired$/m);
    expect(stdout).toMatch(/^ {2}Name +the certificate is not for nobody\.example$/m);
  });

  it('stores nothing unless --db names an inventory', async () => {
    await runCli(['check', find('good').endpointTarget, ...trust], { cwd: folder.path });
    expect(existsSync(folder.file('scans'))).toBe(false);
    const db = folder.file('checked.db');
    await check('expired', '--db', db);
    const exported = await runCli(['export', '--format', 'ndjson', '--db', db]);
    expect(JSON.parse(exported.stdout)).toMatchObject({ status: 'Expired', outcome: 'tls' });
    const runs = await runCli(['list', 'runs', '--db', db]);
    expect(runs.stdout).toMatch(/completed +scan +1 +1 tls/);
  });

  it('exits by --fail-on: 1 for a finding, 3 where there was nothing to check, else 0', async () => {
    expect((await check('expired', '--fail-on', 'high')).code).toBe(1);
    expect((await check('good', '--fail-on', 'high')).code).toBe(0);
    expect((await check('refusing', '--fail-on', 'high')).code).toBe(3);
    expect((await check('refusing')).code).toBe(0);
  });

  it('stops when it is interrupted', async () => {
    let child: ChildProcess | null = null;
    const silent = await listenTcp((socket) => {
      socket.resume();
      child?.kill('SIGINT');
    }, ANYWHERE);
    const { code, stderr } = await runCli(['check', `127.0.0.1:${silent.port}`, '--timeout', '60000'], {
      started: (started) => {
        child = started;
      },
    });
    await silent.close();
    expect(code).toBe(130);
    expect(stderr).toContain('stopping');
  });
});

describe('certsweep check --mx', () => {
  function checkMail(domain: string, server: string, ...args: readonly string[]): Promise<CliResult> {
    const ports = `${find(server).port}/smtp`;
    return runCli(['check', '--mx', domain, '--dns', dns.place, '-p', ports, ...trust, ...args]);
  }

  it('shows step by step how far mail gets at each mail host, by preference', async () => {
    const { code, stdout } = await checkMail('example.test', 'smtp-starttls');
    expect(code).toBe(0);
    const { port } = find('smtp-starttls');
    const rows = stdout.split('\n').map((line) => line.trim().split(/ {2,}/));
    expect(rows).toContainEqual(
      'Pref,Host,Address,Connect,Greeting,EHLO,STARTTLS,TLS,Certificate,Name'.split(','),
    );
    const start = rows.findIndex(([first]) => first === 'Pref');
    expect(rows.slice(start + 1, start + 4)).toEqual([
      ['10', 'mail.lab.example', `127.0.0.1:${port}`, ...Array(4).fill('ok'), 'TLSv1.3', 'ok', 'ok'],
      [
        '15',
        'other.lab.example',
        `127.0.0.1:${port}`,
        ...Array(4).fill('ok'),
        'TLSv1.3',
        'ok',
        'failed: mismatch',
      ],
      ['20', 'gone.example.test', 'failed: no address', ...Array(6).fill('-')],
    ]);
    expect(stdout).toContain('gone.example.test is not known');
    expect(stdout).toMatch(/hostname-mismatch: certificate is for mail\.lab\.example, asked for/);
  });

  it('says where a mail server refuses, and what to do', async () => {
    const { stdout } = await checkMail('mail-itself.test', 'smtp-plain');
    expect(stdout).toContain('has no MX record, so mail goes to the domain itself');
    expect(stdout).toMatch(/ok {2,}ok {2,}ok {2,}failed: not offered {2,}- {2,}- {2,}-$/m);
    expect(stdout).toMatch(/^ {2}What to do +Turn STARTTLS on/m);
  });

  it('knows domains that take no mail, and those that do not exist', async () => {
    const none = await checkMail('no-mail.test', 'smtp-plain', '--fail-on', 'low');
    expect(none.stdout).toContain('takes no mail: its only MX record is the null MX (RFC 7505)');
    expect(none.code).toBe(0);
    const unknown = await checkMail('nowhere.test', 'smtp-plain', '--fail-on', 'low');
    expect(unknown.stdout).toContain('cannot be checked: nowhere.test is not known');
    expect(unknown.code).toBe(3);
  });

  it('writes steps and records as JSON', async () => {
    const { stdout } = await checkMail('example.test', 'smtp-starttls', '--json', '--depth', 'certificate');
    expect(JSON.parse(stdout)).toMatchObject([
      {
        domain: 'example.test',
        mx: 'records',
        exchangers: [{ preference: 10 }, { preference: 15 }, { preference: 20, addresses: [] }],
        servers: [
          { preference: 10, outcome: 'tls', steps: { starttls: { state: 'ok' }, name: { state: 'ok' } } },
          { preference: 15, outcome: 'tls', steps: { name: { state: 'failed', word: 'mismatch' } } },
        ],
      },
    ]);
  });

  it('stores what it found with --db', async () => {
    const db = folder.file('mail.db');
    await checkMail('mail-itself.test', 'smtp-starttls', '--db', db, '--depth', 'certificate');
    const exported = await runCli(['export', '--format', 'ndjson', '--db', db]);
    expect(JSON.parse(exported.stdout).endpoint).toMatchObject({
      host: 'mail-itself.test',
      protocol: 'smtp',
      serverName: 'mail-itself.test',
    });
  });
});

describe('certsweep check refuses', () => {
  const cases: readonly { name: string; args: readonly string[]; message: RegExp }[] = [
    { name: 'no targets', args: [], message: /no targets: name some .*--mx/ },
    { name: 'a bad target', args: ['127.0.0.300'], message: /argument 1: "127\.0\.0\.300" is no address/ },
    {
      name: 'more endpoints than one can read',
      args: ['10.0.0.0/8'],
      message: /16,777,216 endpoints are too many .*use certsweep scan/,
    },
    { name: 'a domain that is none', args: ['--mx', 'a b'], message: /--mx: "a b" is no host name/ },
    {
      name: 'a name server that is none',
      args: ['--mx', 'example.test', '--dns', 'dns.example'],
      message: /must be an address, perhaps with a port/,
    },
    {
      name: 'an unknown depth',
      args: ['127.0.0.1', '--depth', 'abyss'],
      message: /choices are certificate, posture/,
    },
    {
      name: 'a trust store that is not there',
      args: ['127.0.0.1', '--trust-store', 'corp=no.pem'],
      message: /no\.pem/,
    },
  ];

  it.each(cases)('$name, with exit code 2', async ({ args, message }) => {
    const { code, stderr, stdout } = await runCli(['check', ...args], { cwd: folder.path });
    expect(stderr).toMatch(message);
    expect(stdout).toBe('');
    expect(code).toBe(2);
  });
});
