import { writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ObservationRecord } from '../../src/model/observation-record.js';
import { digestModulus } from '../../src/x509/keys/key-list.js';
import { makeCertificate } from '../fixtures/make-certificate.js';
import { makeTemporaryFolder, type TemporaryFolder } from '../fixtures/temporary-folder.js';
import { type Listener, listenTls } from '../servers/listener.js';
import { runCli } from './run-cli.js';

let folder: TemporaryFolder;
let server: Listener;
let target: string;
let weakKeys: string;
let leafFile: string;

beforeAll(async () => {
  folder = await makeTemporaryFolder();
  const leaf = await makeCertificate({ dnsNames: ['a.example'], key: 'rsa-2048' });
  server = await listenTls({ key: leaf.privateKeyPem, cert: leaf.pem }, { host: '127.0.0.1', port: 0 });
  target = `127.0.0.1:${server.port}`;
  const { n = '' } = leaf.publicKey.export({ format: 'jwk' });
  const digest = Buffer.from(digestModulus(Buffer.from(n, 'base64url'))).toString('hex');
  leafFile = folder.file('leaf.pem');
  writeFileSync(leafFile, leaf.pem);
  weakKeys = folder.file('own.txt');
  writeFileSync(weakKeys, `# keys of the old appliance\n${digest}\n`);
});

afterAll(async () => {
  await server.close();
  await folder.remove();
});

/** What was found at the one endpoint: `scan` writes an object, `check` an array. */
function findingsOf(stdout: string): string[] {
  const [record] = [JSON.parse(stdout)].flat() as ObservationRecord[];
  return (record?.findings ?? []).map(({ id }) => id);
}

describe('--weak-keys', () => {
  it('finds a key of the list in a scan', async () => {
    const args = ['scan', target, '--db', folder.file('scan.db'), '--ndjson'];
    expect(findingsOf((await runCli([...args, '--weak-keys', weakKeys])).stdout)).toContain(
      'debian-weak-key',
    );
    expect(findingsOf((await runCli(args)).stdout)).not.toContain('debian-weak-key');
  });

  it('finds it in a check', async () => {
    const { stdout } = await runCli([
      'check',
      target,
      '--depth',
      'certificate',
      '--json',
      '--weak-keys',
      weakKeys,
    ]);
    expect(findingsOf(stdout)).toContain('debian-weak-key');
  });

  it('finds it in observations of before, and in files', async () => {
    const db = folder.file('before.db');
    await runCli(['scan', target, '--db', db, '--quiet']);
    const { code } = await runCli(['regrade', '--db', db, '--weak-keys', weakKeys, '--quiet']);
    expect(code).toBe(0);
    const { stdout } = await runCli(['export', '--format', 'ndjson', '--db', db]);
    expect(findingsOf(stdout)).toContain('debian-weak-key');
    const inspected = await runCli(['inspect', leafFile, '--json', '--weak-keys', weakKeys]);
    expect(findingsOf(inspected.stdout)).toContain('debian-weak-key');
  });

  it('takes lists from a scan definition, beside which they lie', async () => {
    const definition = folder.file('scan.yaml');
    writeFileSync(definition, `targets: ${target}\nweakKeys: own.txt\n`);
    const { stdout, stderr } = await runCli([
      'scan',
      '--definition',
      definition,
      '--db',
      folder.file('defined.db'),
      '--ndjson',
    ]);
    expect(stderr).not.toContain('weakKeys');
    expect(findingsOf(stdout)).toContain('debian-weak-key');
  });

  it('refuses a list that is none, and names the line', async () => {
    const wrong = folder.file('wrong.txt');
    writeFileSync(wrong, '\nnot a key\n');
    const { code, stderr } = await runCli([
      'scan',
      target,
      '--db',
      folder.file('no.db'),
      '--weak-keys',
      wrong,
    ]);
    expect(code).toBe(2);
    expect(stderr).toContain(`${wrong} line 2: `);
  });
});
