import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openInventory } from '../../../src/store/inventory.js';
import { makeTemporaryFolder, type TemporaryFolder } from '../../fixtures/temporary-folder.js';
import {
  EXPIRING,
  makeEndpoint,
  makeFacts,
  makeRefused,
  makeRun,
  makeTls,
} from '../../store/sample-observation.js';
import { runCli } from '../run-cli.js';

const NOW = '2026-11-22T12:00:00Z';

let folder: TemporaryFolder;
let db: string;

beforeAll(async () => {
  folder = await makeTemporaryFolder();
  db = folder.file('inventory.db');
  const inventory = openInventory(db, { create: true });
  await inventory.startRun(makeRun());
  await inventory.saveBatch([
    makeTls(makeEndpoint({ address: '10.0.0.1' }), ['soon']),
    makeTls(makeEndpoint({ address: '10.0.0.2', port: 8443 }), ['later'], {
      judgement: {
        presented: [
          makeFacts('later', { notAfter: '2027-11-01T00:00:00.000Z', issuer: 'CN=DigiCert \u001b[2J' }),
        ],
        findings: [{ ...EXPIRING, id: 'self-signed', severity: 'high' }],
      },
    }),
    makeRefused(makeEndpoint({ host: 'gone.example', address: '10.0.0.3' })),
  ]);
  await inventory.close();
});

afterAll(() => folder.remove());

async function list(...args: string[]): Promise<string[]> {
  const { code, stdout, stderr } = await runCli(['list', ...args, '--db', db, '--now', NOW]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return stdout.trimEnd().split('\n');
}

describe('certsweep list --where', () => {
  it.each([
    ['expires < 30d', ['10.0.0.1']],
    ['issuer ~ digicert and not tag:lab', ['10.0.0.2']],
    ['finding:self-signed', ['10.0.0.2']],
    ['severity >= medium and address in 10.0.0.0/31', ['10.0.0.1']],
    ['daysLeft > 100 or port:443', ['10.0.0.1', '10.0.0.2']],
  ])('finds endpoints by %s', async (query, addresses) => {
    const [, ...rows] = await list('--where', query, '--fields', 'address');
    expect(rows).toEqual(addresses);
  });

  it('looks among endpoints without a certificate when it is told to', async () => {
    expect(await list('--where', 'outcome:refused')).toEqual([
      'no endpoints that gave a certificate; --outcomes looks among the others too',
    ]);
    expect(await list('--where', 'outcome:refused', '--outcomes', '--fields', 'host,port')).toEqual([
      'Host          Port',
      'gone.example   443',
    ]);
  });

  it('finds certificates, and shows the fields that are chosen', async () => {
    const fields = ['--fields', 'Common Name,days-left,endpoints,expires,issuer'];
    expect(await list('certificates', '--where', 'issuer ~ DIGICERT', ...fields)).toEqual([
      'Common Name    Days Left  Endpoints  Expires              Issuer',
      'later.example        343          1  2027-11-01 00:00:00  CN=DigiCert \\u{1b}[2J',
    ]);
  });

  it.each([
    [
      ['--where', 'isuer ~ x'],
      'certsweep: query: there is no field "isuer", did you mean issuer?\n  isuer ~ x\n  ^^^^^\n',
    ],
    [
      ['--where', 'finding:self-singed'],
      'certsweep: query: warnings is never "self-singed", did you mean "self-signed"?\n  finding:self-singed\n          ^^^^^^^^^^^\n',
    ],
    [
      ['--where', 'protocol = pop'],
      'certsweep: query: protocol is never "pop", did you mean "pop3"?\n  protocol = pop\n             ^^^\n',
    ],
    [['certificates', '--where', 'port = 1'], expect.stringContaining('there is no field "port"')],
    [['certificates', '--fields', 'port'], expect.stringContaining('there is no field "port"')],
    [['runs', '--where', 'port = 1'], 'certsweep: list runs takes no --where: the latest run comes first\n'],
    [['--where', 'cn = "\u001b[2J'], expect.not.stringContaining('\u001b')],
  ])('refuses %j before anything is opened', async (args, message) => {
    const { code, stdout, stderr } = await runCli(['list', ...args, '--db', folder.file('none.db')]);
    expect({ code, stdout, stderr }).toEqual({ code: 2, stdout: '', stderr: message });
  });

  it('tells where runs came from, whatever the file is called', async () => {
    const path = folder.file('imported.db');
    const inventory = openInventory(path, { create: true });
    await inventory.startRun({ ...makeRun(), definition: { origin: 'nmap', file: 'net\u001b[2J.xml' } });
    await inventory.close();
    const { stdout } = await runCli(['list', 'runs', '--db', path]);
    expect(stdout).toMatch(/^Run +Started +Ended +State +Origin +Plan/);
    expect(stdout).toContain('nmap (net');
    expect(stdout).not.toContain('\u001b');
    expect((await runCli(['list', 'runs', '--db', db])).stdout).toMatch(/ running +scan /);
  });

  it('names fields in its help', async () => {
    const { stdout } = await runCli(['list', '--help']);
    expect(stdout).toContain('Fields of queries: address, port, commonName');
  });
});

describe('certsweep export --where', () => {
  it('writes what matches, and days left from the same moment', async () => {
    const args = ['--fields', 'address,daysLeft', '--where', 'expires < 30d', '--now', NOW];
    const { stdout } = await runCli(['export', '--format', 'csv', '--db', db, ...args]);
    expect(stdout).toBe('Address,Days Left\r\n10.0.0.1,11\r\n');
  });

  it('points at what it does not understand', async () => {
    const { code, stderr } = await runCli([
      'export',
      '--format',
      'csv',
      '--db',
      db,
      '--where',
      'port = 1 and',
    ]);
    expect(stderr).toBe(
      'certsweep: query: something is missing at the end: a condition such as port = 443\n  port = 1 and\n              ^\n',
    );
    expect(code).toBe(2);
  });
});

describe('certsweep list --overview', () => {
  it('tells what there is on one page, no wider than the terminal', async () => {
    const lines = await list('--overview');
    expect(lines[0]).toBe('Last scan, 2026-11-22 10:00 UTC');
    expect(lines).toContain('  2  found');
    expect(lines).toContain('  1  expire within 30 days');
    expect(lines.join('\n')).toMatch(/^By time left$[\s\S]*^ {2}8 to 30 days +1 {2}50 % {2}█+$/m);
    expect(lines.join('\n')).not.toContain('\u001b');
    expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(80);
  });

  it('writes JSON', async () => {
    const [line = ''] = await list('--overview', '--json');
    expect(JSON.parse(line)).toMatchObject({
      now: '2026-11-22T12:00:00.000Z',
      lastRun: { state: 'running', planSize: 256, newEndpoints: null },
      endpoints: { total: 2, states: { live: 2, gone: 0 } },
      certificates: { total: 2, expiringIn30Days: 1, severities: { high: 1, medium: 1 } },
    });
  });

  it('refuses what chooses rows', async () => {
    for (const [args, said] of [
      [['certificates', '--overview'], /leave certificates out/],
      [['--overview', '--where', 'expired'], /takes no --where/],
    ] as const) {
      const { code, stderr } = await runCli(['list', ...args, '--db', db]);
      expect(code).toBe(2);
      expect(stderr).toMatch(said);
    }
  });
});
