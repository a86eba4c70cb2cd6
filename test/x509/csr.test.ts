import { writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseCsr } from '../../src/x509/csr.js';
import { readDer } from '../../src/x509/der.js';
import { DerError } from '../../src/x509/der-error.js';
import { findObjectKind } from '../../src/x509/object-kind.js';
import { makeKey } from '../fixtures/make-key.js';
import { runOpenssl } from '../fixtures/run-openssl.js';
import { makeTemporaryFolder, type TemporaryFolder } from '../fixtures/temporary-folder.js';

let folder: TemporaryFolder;
let der: Buffer;

beforeAll(async () => {
  folder = await makeTemporaryFolder();
  const { privateKey } = await makeKey('ec-p256', 'csr');
  writeFileSync(folder.file('key.pem'), privateKey.export({ type: 'pkcs8', format: 'pem' }));
  der = await request(
    '-subj',
    '/O=Corp/CN=a.example',
    '-addext',
    'subjectAltName=DNS:a.example,IP:192.0.2.7',
  );
});

afterAll(() => folder.remove());

function request(...options: readonly string[]): Promise<Buffer> {
  return runOpenssl(['req', '-new', '-key', 'key.pem', '-outform', 'DER', ...options], folder.path);
}

describe('parseCsr', () => {
  it('reads what is asked for and who asks', () => {
    expect(findObjectKind(readDer(der))).toBe('request');
    expect(parseCsr(der)).toMatchObject({
      commonName: 'a.example',
      subjectText: 'CN=a.example,O=Corp',
      subjectAltNames: ['DNS:a.example', 'IP:192.0.2.7'],
      publicKey: { type: 'EC', bits: 256 },
      signatureAlgorithm: { name: 'ecdsa-with-SHA256' },
      selfSignature: true,
      oddities: [],
    });
  });

  it('reads one that asks for no names', async () => {
    expect(parseCsr(await request('-subj', '/')).subjectAltNames).toEqual([]);
  });

  it('notices that another key signed it, or that it was changed', () => {
    const changed = Buffer.from(der);
    changed[changed.indexOf('Corp')] = 0x44;
    expect(parseCsr(changed)).toMatchObject({ selfSignature: false, subjectText: 'CN=a.example,O=Dorp' });
  });

  it('fails with DerError on every prefix', () => {
    for (let length = 0; length < der.length; length++) {
      expect(() => parseCsr(der.subarray(0, length))).toThrow(DerError);
    }
  });
});
