import { mkdirSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type MadeCertificate, makeCertificate } from '../../fixtures/make-certificate.js';
import { runOpenssl } from '../../fixtures/run-openssl.js';
import { makeTemporaryFolder, type TemporaryFolder } from '../../fixtures/temporary-folder.js';
import { type CliResult, runCli } from '../run-cli.js';

let folder: TemporaryFolder;
let root: MadeCertificate;
let leaf: MadeCertificate;

beforeAll(async () => {
  folder = await makeTemporaryFolder();
  root = await makeCertificate({ subject: 'CN=Corp Root', ca: true });
  const issuing = await makeCertificate({ subject: 'CN=Issuing', ca: true, issuer: root });
  leaf = await makeCertificate({ dnsNames: ['a.example'], issuer: issuing });
  write('root.pem', root.pem);
  write('chain.pem', leaf.pem + issuing.pem);
  write('unordered.pem', issuing.pem + leaf.pem);
  write('key.pem', leaf.privateKeyPem);
  write('locked.pem', lock(leaf));
  write('other-key.pem', root.privateKeyPem);
  write('password.txt', 'secret\n');
  write('notes.txt', 'nothing to see');
  mkdirSync(folder.file('cas'));
  write('cas/root.pem', root.pem);
  write('cas/README', 'our own');
  const pkcs12 = ['pkcs12', '-export', '-passout', 'pass:secret'];
  await runOpenssl([...pkcs12, '-nokeys', '-in', 'root.pem', '-out', 'roots.p12'], folder.path);
  await runOpenssl([...pkcs12, '-in', 'chain.pem', '-inkey', 'key.pem', '-out', 'site.p12'], folder.path);
});

afterAll(() => folder.remove());

function write(name: string, text: string): void {
  writeFileSync(folder.file(name), text);
}

function lock({ privateKey }: MadeCertificate): string {
  return privateKey
    .export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'secret' })
    .toString();
}

function inspect(...args: readonly string[]): Promise<CliResult> {
  return runCli(['inspect', ...args], { cwd: folder.path });
}

const TRUST = ['--trust-store', 'corp=root.pem', '--no-default-trust'];

describe('certsweep inspect', () => {
  it('prints what a file holds, who trusts it, and what is wrong', async () => {
    const { code, stderr, stdout } = await inspect('unordered.pem', '--host', 'b.example', ...TRUST);
    expect([code, stderr]).toEqual([0, '']);
    for (const text of [
      'unordered.pem\n  Holds           2 certificates (PEM)',
      'Certificates presented',
      'Certification path',
      'The chain file must hold, in this order',
      'unordered-chain: ',
    ])
      expect(stdout).toContain(text);
  });

  it('judges by name and trust store', async () => {
    const { stdout } = await inspect('chain.pem', '--host', 'b.example', ...TRUST);
    expect(stdout).toContain('trusted by corp');
    expect(stdout).toContain('the certificate is not for b.example');
    expect(stdout).toContain('hostname-mismatch: ');
  });

  it('pairs keys and certificates across files, and never prints a key', async () => {
    const { stdout } = await inspect('chain.pem', 'key.pem', 'other-key.pem', ...TRUST);
    expect(stdout).toMatch(
      /Private key, at place 1\n {2}Key +EC 256 bits\n {2}Belongs to +chain\.pem, place 1\n/,
    );
    expect(stdout).toContain(
      'key-mismatch: the private key at place 1 belongs to no certificate that was given',
    );
    expect(stdout).not.toContain(leaf.privateKeyPem.split('\n')[1]);
  });

  it('writes JSON, an element for each file, and records of chains', async () => {
    const { code, stdout } = await inspect('chain.pem', 'notes.txt', '--json', ...TRUST);
    expect(code).toBe(3);
    expect(JSON.parse(stdout)).toMatchObject([
      {
        file: 'chain.pem',
        error: null,
        format: 'PEM',
        objects: [{ place: 1, kind: 'certificate' }, { place: 2 }],
        certificate: { commonName: 'a.example' },
        path: { status: 'trusted', trustStores: ['corp'] },
        findings: [],
        status: 'Good',
        chain: { presented: [{ place: 1 }, { place: 2 }] },
        otherChains: [],
      },
      { file: 'notes.txt', error: 'cannot inspect notes.txt: neither PEM nor whole DER' },
    ]);
  });

  it('reads standard input', async () => {
    const options = { cwd: folder.path, input: leaf.pem };
    const { stdout } = await runCli(['inspect', '-', '--json', ...TRUST], options);
    expect(JSON.parse(stdout)).toMatchObject([{ file: 'standard input', path: { status: 'incomplete' } }]);
  });

  it('goes on past files that cannot be read, and exits by what became of them', async () => {
    const some = await inspect('missing.pem', 'chain.pem', ...TRUST);
    expect([some.code, some.stderr]).toEqual([
      3,
      'certsweep: cannot read missing.pem (certificates): there is no such file\n',
    ]);
    expect(some.stdout).toContain('chain.pem');
    expect((await inspect('missing.pem', 'notes.txt', ...TRUST)).code).toBe(2);
    expect((await inspect('unordered.pem', '--fail-on', 'medium', ...TRUST)).code).toBe(1);
    expect((await inspect('chain.pem', '--fail-on', 'medium', ...TRUST)).code).toBe(0);
    expect((await inspect('chain.pem', '--as', 'trust-store', '--host', 'a.example')).code).toBe(2);
    expect((await inspect('chain.pem', '--host', 'a b')).code).toBe(2);
  });

  it('takes the password from a file or the environment, and says how to give one', async () => {
    const without = await inspect('site.p12', ...TRUST);
    expect(without.code).toBe(2);
    expect(without.stderr).toContain('cannot inspect site.p12: it is protected by a password');
    expect(without.stderr).toContain('--password-file');
    const { stdout } = await inspect('site.p12', '--password-file', 'password.txt', '--json', ...TRUST);
    expect(JSON.parse(stdout)).toMatchObject([
      {
        format: 'PKCS#12',
        path: { status: 'trusted' },
        objects: [{}, {}, { key: { matches: [{ place: 1 }] } }],
      },
    ]);
    process.env.CERTSWEEP_TEST_PASSWORD = 'secret';
    const locked = await inspect('locked.pem', '--password-env', 'CERTSWEEP_TEST_PASSWORD', '--json');
    expect(JSON.parse(locked.stdout)).toMatchObject([{ objects: [{ key: { locked: false } }] }]);
    delete process.env.CERTSWEEP_TEST_PASSWORD;
    const gone = await inspect('locked.pem', '--password-env', 'CERTSWEEP_TEST_PASSWORD');
    expect([gone.code, gone.stderr]).toEqual([
      2,
      'certsweep: --password-env: there is no variable CERTSWEEP_TEST_PASSWORD\n',
    ]);
  });

  it.each([
    ['a folder', ['--trust-store', 'corp=cas']],
    ['PKCS#12', ['--trust-store', 'corp=roots.p12', '--password-file', 'password.txt']],
  ])('trusts the certificates of %s', async (_name, trust) => {
    const { stdout } = await inspect('chain.pem', '--json', '--no-default-trust', ...trust);
    expect(JSON.parse(stdout)).toMatchObject([{ path: { status: 'trusted', trustStores: ['corp'] } }]);
  });

  it('trusts the certificates of the system by name', async () => {
    process.env.SSL_CERT_FILE = folder.file('root.pem');
    const { stdout } = await inspect('chain.pem', '--json', '--no-default-trust', '--trust-store', 'system');
    delete process.env.SSL_CERT_FILE;
    expect(JSON.parse(stdout)).toMatchObject([{ path: { status: 'trusted', trustStores: ['system'] } }]);
  });

  it('audits a trust store, a row for each CA', async () => {
    const expired = await makeCertificate({
      subject: 'CN=Old Root',
      ca: true,
      notBefore: new Date('2001-01-01T00:00:00Z'),
      notAfter: new Date('2011-01-01T00:00:00Z'),
    });
    write('bundle.pem', root.pem + expired.pem + root.pem + leaf.pem);
    const { code, stdout } = await inspect('--as', 'trust-store', 'bundle.pem');
    expect(code).toBe(0);
    expect(stdout).toContain('Valid           2 of 4');
    expect(stdout).toMatch(/2 +no +Old Root +2011-01-01 +EC 256 +expired\n/);
    expect(stdout).toMatch(/3 +yes +Corp Root .*duplicate-certificate\n/);
    expect(stdout).toMatch(/4 +no +a\.example .*not-a-ca/);
    const json = await inspect('--as', 'trust-store', 'bundle.pem', '--json');
    expect(JSON.parse(json.stdout)).toMatchObject([
      {
        error: null,
        valid: 2,
        others: 0,
        entries: [{ valid: true, selfSigned: true }, {}, {}, { valid: false }],
      },
    ]);
  });
});
