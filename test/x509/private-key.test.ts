import { type KeyObject, randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readDer } from '../../src/x509/der.js';
import { DerError } from '../../src/x509/der-error.js';
import { keyIdentity } from '../../src/x509/key-identity.js';
import { PasswordError } from '../../src/x509/password-error.js';
import { readPem } from '../../src/x509/pem.js';
import { readPrivateKey } from '../../src/x509/private-key.js';
import { readPublicKey } from '../../src/x509/public-key.js';
import { KEY_KINDS, makeKey } from '../fixtures/make-key.js';
import { runOpenssl } from '../fixtures/run-openssl.js';
import { makeTemporaryFolder } from '../fixtures/temporary-folder.js';

function read(pem: string | Buffer, password?: string) {
  const [block] = readPem(pem.toString());
  if (block === undefined) throw new Error('no block');
  return readPrivateKey(block, password);
}

const spki = (key: KeyObject) => readPublicKey(readDer(key.export({ type: 'spki', format: 'der' })));

describe('readPrivateKey', () => {
  it.each(KEY_KINDS)('finds the public half of %s', async (kind) => {
    const { privateKey, publicKey } = await makeKey(kind, 'private-key');
    const found = read(privateKey.export({ type: 'pkcs8', format: 'pem' }));
    expect(keyIdentity(found)).toBe(keyIdentity(spki(publicKey)));
    const other = await makeKey('ec-p256');
    expect(keyIdentity(found)).not.toBe(keyIdentity(spki(other.publicKey)));
  });

  it.each([
    ['PKCS#1', 'rsa-2048', 'pkcs1'],
    ['SEC 1', 'ec-p256', 'sec1'],
  ] as const)('reads %s', async (_name, kind, type) => {
    const { privateKey, publicKey } = await makeKey(kind, 'private-key');
    expect(keyIdentity(read(privateKey.export({ type, format: 'pem' })))).toBe(keyIdentity(spki(publicKey)));
    const locked = privateKey.export({ type, format: 'pem', cipher: 'aes-256-cbc', passphrase: 'secret' });
    expect(keyIdentity(read(locked, 'secret'))).toBe(keyIdentity(spki(publicKey)));
    expect(() => read(locked)).toThrow(PasswordError);
    expect(() => read(locked, 'wrong')).toThrow(PasswordError);
  });

  it('opens encrypted PKCS#8', async () => {
    const { privateKey, publicKey } = await makeKey('ec-p384', 'private-key');
    const locked = privateKey.export({
      type: 'pkcs8',
      format: 'pem',
      cipher: 'aes-256-cbc',
      passphrase: 'secret',
    });
    expect(keyIdentity(read(locked, 'secret'))).toBe(keyIdentity(spki(publicKey)));
    expect(() => read(locked)).toThrow(PasswordError);
    expect(() => read(locked, 'wrong')).toThrow(PasswordError);
  });

  it.each([
    ['scrypt', ['-scrypt']],
    ['PBKDF2 with SHA-512', ['-v2', 'aes-128-cbc', '-v2prf', 'hmacWithSHA512']],
    ['triple DES in the way of PKCS#12', ['-v1', 'PBE-SHA1-3DES']],
  ])('opens PKCS#8 that OpenSSL encrypted with %s', async (_name, options) => {
    const folder = await makeTemporaryFolder();
    try {
      const { privateKey, publicKey } = await makeKey('ec-p256', 'private-key');
      writeFileSync(folder.file('key.pem'), privateKey.export({ type: 'pkcs8', format: 'pem' }));
      const out = ['-topk8', '-passout', 'pass:sécret', '-in', 'key.pem'];
      const locked = await runOpenssl(['pkcs8', ...out, ...options], folder.path);
      expect(keyIdentity(read(locked, 'sécret'))).toBe(keyIdentity(spki(publicKey)));
      expect(() => read(locked, 'wrong')).toThrow(PasswordError);
    } finally {
      await folder.remove();
    }
  });

  it('says nothing of what is in a key that it cannot read', () => {
    const der = randomBytes(200);
    expect(() => readPrivateKey({ label: 'PRIVATE KEY', der })).toThrow(DerError);
    expect(() => readPrivateKey({ label: 'PRIVATE KEY', der: Buffer.alloc(70_000) })).toThrow(
      'a key of 70000 bytes',
    );
  });
});
