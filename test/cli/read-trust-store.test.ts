import { mkdirSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { noPassword } from '../../src/cli/password-source.js';
import { readTrustStore } from '../../src/cli/read-trust-store.js';
import { UsageError } from '../../src/model/usage-error.js';
import { type MadeCertificate, makeCertificate } from '../fixtures/make-certificate.js';
import { runOpenssl } from '../fixtures/run-openssl.js';
import { makeTemporaryFolder, type TemporaryFolder } from '../fixtures/temporary-folder.js';

let folder: TemporaryFolder;
let first: MadeCertificate;
let second: MadeCertificate;

beforeAll(async () => {
  folder = await makeTemporaryFolder();
  first = await makeCertificate({ subject: 'CN=First', ca: true });
  second = await makeCertificate({ subject: 'CN=Second', ca: true });
  writeFileSync(folder.file('both.pem'), first.pem + second.pem);
  writeFileSync(folder.file('first.der'), first.der);
  const openssl = (...args: readonly string[]) => runOpenssl(args, folder.path);
  await openssl('crl2pkcs7', '-nocrl', '-certfile', 'both.pem', '-out', 'both.p7b');
  await openssl(
    'pkcs12',
    '-export',
    '-nokeys',
    '-in',
    'both.pem',
    '-passout',
    'pass:secret',
    '-out',
    'both.p12',
  );
  mkdirSync(folder.file('cas/deeper'), { recursive: true });
  mkdirSync(folder.file('empty'));
  writeFileSync(folder.file('cas/b.pem'), second.pem);
  writeFileSync(folder.file('cas/a.crt'), first.der);
  writeFileSync(folder.file('cas/.hidden'), 'not looked at');
  writeFileSync(folder.file('cas/README'), 'not a certificate');
  writeFileSync(folder.file('empty/README'), 'not a certificate');
});

afterAll(() => folder.remove());

async function names(file: string, password: string | null = null): Promise<(string | null)[]> {
  const source = password === null ? noPassword : async () => password;
  const store = await readTrustStore('corp', folder.file(file), source);
  return store.anchors.map(({ facts }) => facts.commonName);
}

describe('readTrustStore', () => {
  it.each([
    ['PEM', 'both.pem', ['First', 'Second']],
    ['DER', 'first.der', ['First']],
    ['PKCS#7', 'both.p7b', ['First', 'Second']],
    ['a folder', 'cas', ['First', 'Second']],
  ])('reads %s', async (_name, file, expected) => {
    expect(await names(file)).toEqual(expected);
  });

  it('opens PKCS#12 with the password of the source', async () => {
    expect(await names('both.p12', 'secret')).toEqual(['First', 'Second']);
    await expect(names('both.p12')).rejects.toThrow('--password-file');
    await expect(names('both.p12', 'wrong')).rejects.toThrow(UsageError);
  });

  it('says which file is of no use', async () => {
    await expect(names('cas/README')).rejects.toThrow(
      /cannot use .*README as trust store corp: no certificate found/,
    );
    await expect(names('empty')).rejects.toThrow('no file in it holds a certificate');
    await expect(names('gone.pem')).rejects.toThrow('there is no such file');
  });
});
