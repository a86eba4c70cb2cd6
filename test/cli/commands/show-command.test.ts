import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type MadeCertificate, makeCertificate } from '../../fixtures/make-certificate.js';
import { makeTemporaryFolder, type TemporaryFolder } from '../../fixtures/temporary-folder.js';
import { type HttpServer, serveHttp } from '../../servers/http-server.js';
import { type Listener, listenTls } from '../../servers/listener.js';
import { type CliResult, runCli } from '../run-cli.js';

const run = promisify(execFile);

let folder: TemporaryFolder;
let root: MadeCertificate;
let upper: MadeCertificate;
let lower: MadeCertificate;
let lacks: MadeCertificate;
let sends: MadeCertificate;
let lonely: MadeCertificate;
let web: HttpServer;
let db: string;
let trust: readonly string[];
const ports = { lacks: 0, sends: 0, lonely: 0 };
const listeners: Listener[] = [];

beforeAll(async () => {
  folder = await makeTemporaryFolder();
  root = await makeCertificate({ subject: 'CN=Root', ca: true });
  upper = await makeCertificate({ subject: 'CN=Upper CA', ca: true, issuer: root });
  lower = await makeCertificate({ subject: 'CN=Lower CA', ca: true, issuer: upper });
  const other = await makeCertificate({ subject: 'CN=Other CA', ca: true, issuer: root });
  web = await serveHttp((_request, response) => {
    response.end(other.der);
  });
  lacks = await makeCertificate({ dnsNames: ['lacks.example'], issuer: lower });
  sends = await makeCertificate({ dnsNames: ['sends.example'], issuer: lower });
  lonely = await makeCertificate({
    dnsNames: ['lonely.example'],
    issuer: other,
    aiaIssuers: web.url('/other.crt'),
  });
  ports.lacks = await serve([lacks]);
  ports.sends = await serve([sends, lower, upper]);
  ports.lonely = await serve([lonely]);
  const anchors = folder.file('root.pem');
  writeFileSync(anchors, root.pem);
  trust = ['--trust-store', `corp=${anchors}`, '--no-default-trust'];
  db = folder.file('inventory.db');
  expect((await scan()).code).toBe(0);
  expect((await scan()).code).toBe(0);
});

afterAll(async () => {
  await Promise.all([...listeners, web].map((listener) => listener.close()));
  await folder.remove();
});

async function serve(chain: readonly MadeCertificate[]): Promise<number> {
  const cert = chain.map(({ pem }) => pem).join('');
  const listener = await listenTls(
    { cert, key: chain[0]?.privateKeyPem ?? '' },
    { host: '127.0.0.1', port: 0 },
  );
  listeners.push(listener);
  return listener.port;
}

function target(name: keyof typeof ports): string {
  return `${name}.example@127.0.0.1:${ports[name]}`;
}

function scan(...args: readonly string[]): Promise<CliResult> {
  const targets = (['lacks', 'sends', 'lonely'] as const).map(target);
  return runCli(['scan', ...targets, ...trust, '--db', db, '--no-progress', ...args]);
}

function show(what: string, ...args: readonly string[]): Promise<CliResult> {
  return runCli(['show', what, '--db', db, ...args]);
}

function fingerprintOf({ der }: MadeCertificate): string {
  return createHash('sha256').update(der).digest('hex');
}

describe('certsweep show of an endpoint', () => {
  it('explains what is known last, and tells the history', async () => {
    const { code, stderr, stdout } = await show(target('lacks'));
    expect(stderr).toBe('');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^lacks\.example@127\.0\.0\.1:\d+\n/);
    expect(stdout).toMatch(/^ {2}Status +Warning$/m);
    expect(stdout).toContain('missing-intermediate: the chain lacks CN=Lower CA');
    expect(stdout.replace(/\s+/g, ' ')).toContain(`it is sent by ${target('sends')}`);
    expect(stdout).toContain('  2. CN=Lower CA (MISSING: it is in the inventory)');
    expect(stdout).toContain('  3. CN=Upper CA (MISSING: it is in the inventory)');
    expect(stdout).toMatch(/^History$/m);
    expect(stdout).toMatch(
      /^ {2}2 observations, first \S+ \S+, last with a certificate \S+ \S+, live since \S+ \S+$/m,
    );
    expect(stdout).toMatch(/ 2 {2}Warning .* lacks\.example +missing-intermediate$/m);
  });

  it('lists the endpoints that are meant when there are several, and does nothing', async () => {
    const { code, stderr, stdout } = await show('127.0.0.1');
    expect(stdout).toBe('');
    expect(code).toBe(2);
    for (const name of ['lacks', 'sends', 'lonely'] as const) expect(stderr).toContain(`  ${target(name)}\n`);
  });

  it('says that it knows nothing of the kind', async () => {
    const { code, stderr, stdout } = await show('nowhere.example');
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/^certsweep: .+\n$/);
  });

  it('writes all of it as JSON', async () => {
    const { stdout } = await show('lacks', '--json');
    expect(JSON.parse(stdout)).toMatchObject({
      endpoint: { serverName: 'lacks.example' },
      path: { status: 'incomplete' },
      chain: { chainFile: [{ place: 1 }, { source: 'in the inventory' }, { source: 'in the inventory' }] },
      history: {
        observations: 2,
        omitted: 0,
        spans: [{ observations: 2, findings: ['missing-intermediate'] }],
      },
    });
  });

  it('writes the chain that it presents as PEM', async () => {
    expect((await show('sends.example', '--pem')).stdout).toBe(`${sends.pem}${lower.pem}${upper.pem}`);
    expect((await show('lacks.example', '--pem')).stdout).toBe(lacks.pem);
  });

  it('writes the chain that it should present, which OpenSSL verifies', async () => {
    const { code, stdout } = await show('lacks.example', '--fixed-chain');
    expect(code).toBe(0);
    expect(stdout).toBe(`${lacks.pem}${lower.pem}${upper.pem}`);
    const [leaf, rest] = [folder.file('leaf.pem'), folder.file('rest.pem')];
    writeFileSync(leaf, lacks.pem);
    writeFileSync(rest, stdout.slice(lacks.pem.length));
    const args = ['verify', '-x509_strict', '-CAfile', folder.file('root.pem')];
    expect((await run('openssl', [...args, '-untrusted', rest, leaf])).stdout).toMatch(/: OK$/m);
    await expect(run('openssl', [...args, leaf])).rejects.toThrow();
  });

  it('says which certificate is missing where nobody knows it, and then where it was fetched', async () => {
    const missing = await show('lonely.example', '--fixed-chain');
    expect([missing.code, missing.stdout]).toEqual([3, '']);
    expect(missing.stderr).toContain(
      'CN=Other CA, the issuer of CN=lonely.example, is not known; get it from',
    );
    const refused = await scan('--fetch-issuers');
    expect(refused.stderr).toMatch(
      /no issuer from http:\S+: 127\.0\.0\.1 is no address of the public Internet/,
    );
    expect(web.requests).toEqual([]);
    const fetched = await scan('--fetch-issuers', '--fetch-private', '--ndjson');
    expect(fetched.stderr).toBe('');
    expect(fetched.stdout).toContain(`it is fetched from ${web.url('/other.crt')}, with SHA-256 fingerprint`);
    expect(web.requests).toEqual(['GET /other.crt']);
    const { code, stdout } = await show('lonely.example', '--fixed-chain');
    expect(code).toBe(0);
    expect(stdout.startsWith(lonely.pem)).toBe(true);
    expect(stdout.match(/BEGIN/g)).toHaveLength(2);
  });

  it('explains by the built-in trust where that of the run is gone', async () => {
    const copy = folder.file('copy.pem');
    const other = folder.file('other.db');
    writeFileSync(copy, root.pem);
    await runCli(['scan', target('sends'), '--trust-store', `corp=${copy}`, '--db', other, '--quiet']);
    writeFileSync(copy, '');
    const { code, stderr, stdout } = await runCli(['show', 'sends', '--db', other]);
    expect(code).toBe(0);
    expect(stderr).toContain('explained without what the run was judged by');
    expect(stdout).toMatch(/^ {2}Trust +trusted by corp$/m);
  });
});

describe('certsweep show of a certificate', () => {
  it('tells its facts, where it is, and in which chains', async () => {
    const { code, stdout } = await show(fingerprintOf(lower).slice(0, 12));
    expect(code).toBe(0);
    expect(stdout).toMatch(/^CN=Lower CA\n {2}Subject +CN=Lower CA\n {2}Issuer +CN=Upper CA\n/);
    expect(stdout).toContain('Presented now by 1 endpoint\n');
    expect(stdout).toMatch(new RegExp(`^ {2}${target('sends')} +2 +\\S+ \\S+ +\\S+ \\S+ +live *$`, 'm'));
    expect(stdout).toContain(
      'In 1 presented chain\n  1. CN=sends.example\n     CN=Lower CA (this one)\n     CN=Upper CA\n',
    );
  });

  it('writes it as JSON and as PEM', async () => {
    const fingerprint = fingerprintOf(sends);
    expect(JSON.parse((await show(fingerprint, '--json')).stdout)).toMatchObject({
      fingerprintSha256: fingerprint,
      certificate: { commonName: 'sends.example' },
      now: { count: 1, listed: [{ place: 1, isCurrent: true }] },
      before: { count: 0 },
      chains: { count: 1 },
    });
    expect((await show(fingerprint, '--pem')).stdout).toBe(sends.pem);
  });

  it('has no chain file for it', async () => {
    const { code, stderr } = await show(fingerprintOf(sends), '--fixed-chain');
    expect(code).toBe(2);
    expect(stderr).toContain('--fixed-chain is about an endpoint');
  });

  it('refuses two ways of writing at once', async () => {
    expect((await show('lacks', '--pem', '--json')).code).toBe(2);
  });
});

describe('certsweep check --fetch-issuers', () => {
  it('fetches what a server does not send before it judges', async () => {
    const args = ['--fetch-issuers', '--fetch-private', '--depth', 'certificate', ...trust];
    const { code, stdout } = await runCli(['check', target('lonely'), ...args]);
    expect(code).toBe(0);
    expect(stdout.replace(/\s+/g, ' ')).toContain(
      `it is fetched from ${web.url('/other.crt')}, with SHA-256`,
    );
    expect(stdout).toMatch(/2\. CN=Other CA \(MISSING: it is fetched from http:/);
  });
});
