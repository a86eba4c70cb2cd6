import { writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ObservationRecord } from '../../src/model/observation-record.js';
import type { MadeCertificate } from '../fixtures/make-certificate.js';
import { type OpensslAuthority, openOpensslAuthority } from '../fixtures/openssl-authority.js';
import { makeTemporaryFolder, type TemporaryFolder } from '../fixtures/temporary-folder.js';
import { type HttpServer, serveHttp } from '../servers/http-server.js';
import { type Listener, listenTls } from '../servers/listener.js';
import { makeCa, makeLeaf } from '../x509/path-setup.js';
import { runCli } from './run-cli.js';

const REVOKED_AT = new Date('2026-01-02T03:04:05Z');

let folder: TemporaryFolder;
let authority: OpensslAuthority;
/** The responder, which is OpenSSL's own. */
let responder: HttpServer;
let servers: Listener[];
let targets: { readonly good: string; readonly revoked: string; readonly unknown: string };
let trust: readonly string[];

beforeAll(async () => {
  folder = await makeTemporaryFolder();
  const root = await makeCa('Corp Root');
  authority = await openOpensslAuthority(root);
  responder = await serveHttp(async ({ url }, response, body) => {
    if (url === '/ocsp') response.end(await authority.respond(body));
    else response.writeHead(404).end();
  });
  const ocspUrl = responder.url('/ocsp');
  const good = await makeLeaf(root, { ocspUrl });
  authority.issue(good);
  const revoked = await makeLeaf(root, { ocspUrl });
  authority.revoke(revoked, REVOKED_AT, 'keyCompromise');
  const unknown = await makeLeaf(root, { ocspUrl: responder.url('/gone') });
  servers = await Promise.all([good, revoked, unknown].map(serve));
  const [first = '', second = '', third = ''] = servers.map(({ port }) => `a.example@127.0.0.1:${port}`);
  targets = { good: first, revoked: second, unknown: third };
  writeFileSync(folder.file('root.pem'), root.pem);
  trust = ['--no-default-trust', '--trust-store', `corp=${folder.file('root.pem')}`];
});

afterAll(async () => {
  await Promise.all([...servers.map((server) => server.close()), responder.close(), authority.close()]);
  await folder.remove();
});

function serve({ pem, privateKeyPem }: MadeCertificate): Promise<Listener> {
  return listenTls({ cert: pem, key: privateKeyPem }, { host: '127.0.0.1', port: 0 });
}

const check = (target: string, ...args: readonly string[]) =>
  runCli(['check', target, '--depth', 'certificate', '--revocation', ...trust, ...args]);

describe('--revocation', () => {
  it('lets check ask the responder of a CA, and tell what it said', async () => {
    const good = await check(targets.good, '--fetch-private');
    expect(good.stdout).toMatch(/^ {2}Status +Good$/m);
    expect(good.stdout).toMatch(/^ {2}Revocation +the certificate: not revoked, as http:.*\/ocsp says$/m);
    const revoked = await check(targets.revoked, '--fetch-private', '--fail-on', 'critical');
    expect(revoked.code).toBe(1);
    expect(revoked.stdout).toMatch(/^ {2}Status +Revoked$/m);
    expect(revoked.stdout).toMatch(/^ {2}Revocation +the certificate: REVOKED, as http/m);
    expect(revoked.stdout).toContain('revoked: certificate was revoked on 2026-01-02');
  });

  it('makes check tell why nothing was learned, such as an address that may not be asked', async () => {
    const { stdout } = await check(targets.good, '--json');
    const [record] = JSON.parse(stdout);
    expect(record.status).toBe('Good');
    expect(record.findings).toMatchObject([{ id: 'revocation-unknown', severity: 'low' }]);
    expect(record.revocations[record.certificate.fingerprintSha256].status).toBe('unknown');
    const silent = await runCli(['check', targets.good, '--depth', 'certificate', ...trust, '--json']);
    expect(JSON.parse(silent.stdout)).toMatchObject([{ findings: [], revocations: null }]);
  });

  it('lets scan ask, and regrade know what was said without asking', async () => {
    const db = folder.file('inventory.db');
    const scanned = await runCli([
      ...['scan', ...Object.values(targets), '--revocation', '--fetch-private', ...trust],
      ...['--db', db, '--quiet'],
    ]);
    expect(scanned).toMatchObject({ code: 0, stderr: '' });
    const before = await readRecords(db);
    expect(before.map(({ findings, status }) => [status, ...findings.map(({ id }) => id)])).toEqual([
      ['Good'],
      ['Revoked', 'revoked'],
      ['Good', 'revocation-unknown'],
    ]);
    const asked = responder.requests.length;
    expect((await runCli(['regrade', '--db', db])).stdout).toContain('0 of them otherwise than before');
    expect(await readRecords(db)).toEqual(before);
    expect(responder.requests).toHaveLength(asked);
  });
});

/** In the order of the targets. */
async function readRecords(db: string): Promise<readonly ObservationRecord[]> {
  const { stdout } = await runCli(['export', '--format', 'ndjson', '--db', db]);
  const records = stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as ObservationRecord);
  return Object.values(targets).flatMap((target) =>
    records.filter(({ endpoint }) => target.endsWith(`:${endpoint.port}`)),
  );
}
