import { writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CertificatesToInspect, inspectCertificates } from '../../src/scan/inspect-certificates.js';
import { DerError } from '../../src/x509/der-error.js';
import { PasswordError } from '../../src/x509/password-error.js';
import { type MadeCertificate, makeCertificate, NOW } from '../fixtures/make-certificate.js';
import { makeKey } from '../fixtures/make-key.js';
import { runOpenssl } from '../fixtures/run-openssl.js';
import { makeTemporaryFolder, type TemporaryFolder } from '../fixtures/temporary-folder.js';

let folder: TemporaryFolder;
let root: MadeCertificate;
let issuing: MadeCertificate;
let leaf: MadeCertificate;
let stranger: MadeCertificate;

beforeAll(async () => {
  folder = await makeTemporaryFolder();
  root = await makeCertificate({ subject: 'CN=Root', ca: true });
  issuing = await makeCertificate({ subject: 'CN=Issuing', ca: true, issuer: root });
  leaf = await makeCertificate({ dnsNames: ['a.example'], issuer: issuing });
  stranger = await makeCertificate({
    dnsNames: ['b.example'],
    issuer: issuing,
    notAfter: new Date(NOW.getTime() - 1000),
  });
  writeFileSync(folder.file('leaf.pem'), leaf.pem);
  writeFileSync(folder.file('issuing.pem'), issuing.pem);
  writeFileSync(folder.file('chain.pem'), issuing.pem + leaf.pem);
  writeFileSync(folder.file('key.pem'), leaf.privateKeyPem);
});

afterAll(() => folder.remove());

function inspect(bytes: string | Uint8Array, change: Partial<CertificatesToInspect> = {}) {
  const inspection = inspectCertificates({
    bytes: Buffer.from(bytes),
    trustStores: [{ name: 'corp', anchors: [root.der] }],
    now: NOW,
    ...change,
  });
  return { ...inspection, ids: inspection.findings.map(({ id }) => id) };
}

const openssl = (...args: readonly string[]) => runOpenssl(args, folder.path);

describe('inspectCertificates', () => {
  it('judges a chain file, with noise and its key', () => {
    const found = inspect(`# www\n${leaf.privateKeyPem}${leaf.pem}${issuing.pem}`, { host: 'a.example' });
    expect(found).toMatchObject({
      file: 'certificates',
      format: 'PEM',
      ids: [],
      objects: [
        {
          kind: 'private-key',
          key: { locked: false, keyType: 'EC', matches: [{ file: 'certificates', place: 2 }] },
        },
        { kind: 'certificate', certificate: { commonName: 'a.example' } },
        { kind: 'certificate' },
      ],
      chains: [{ path: { status: 'trusted', trustStores: ['corp'] }, status: 'Good' }],
    });
  });

  it('never returns a private key', () => {
    const text = JSON.stringify(inspect(leaf.privateKeyPem + leaf.pem));
    const scalar = leaf.privateKey.export({ format: 'jwk' }).d ?? 'none';
    expect(text).not.toContain(scalar);
    expect(text).not.toContain(Buffer.from(scalar, 'base64url').toString('hex'));
    expect(text).not.toContain(leaf.privateKeyPem.split('\n')[1]);
  });

  it('tells of a chain out of order, but not where the format has no order', async () => {
    expect(inspect(issuing.pem + leaf.pem).ids).toContain('unordered-chain');
    const pkcs7 = await openssl('crl2pkcs7', '-nocrl', '-certfile', 'chain.pem', '-outform', 'DER');
    expect(inspect(pkcs7)).toMatchObject({
      format: 'PKCS#7',
      ids: [],
      chains: [{ path: { status: 'trusted' } }],
    });
  });

  it('judges a server certificate that is no part of the chain by itself', () => {
    const found = inspect(leaf.pem + issuing.pem + stranger.pem);
    expect(found.ids).toEqual(['expired', 'extra-chain-certificate']);
    expect(found.chains.map(({ certificate, status }) => [certificate.commonName, status])).toEqual([
      ['a.example', 'Good'],
      ['b.example', 'Expired'],
    ]);
  });

  it('tells of a key that belongs to no certificate, or not to the first', async () => {
    expect(inspect(stranger.privateKeyPem + leaf.pem).findings).toContainEqual(
      expect.objectContaining({
        id: 'key-mismatch',
        message: 'the private key at place 1 belongs to no certificate of the file',
      }),
    );
    expect(inspect(leaf.pem + issuing.pem + issuing.privateKeyPem).findings).toContainEqual(
      expect.objectContaining({
        id: 'key-mismatch',
        message:
          'the private key at place 3 belongs to the certificate at place 2, but a server takes the first, at place 1, for its own',
      }),
    );
    expect(inspect(leaf.privateKeyPem).ids).toEqual([]);
  });

  it('rates and waives what is wrong with a file as the policy has it', () => {
    const bytes = stranger.privateKeyPem + leaf.pem + issuing.pem;
    const [mismatch] = inspect(bytes).findings.filter(({ id }) => id === 'key-mismatch');
    const waiver = { finding: 'key-mismatch', owner: 'Ada', reason: 'being moved', until: '2999-12-31' };
    const findMismatch = (where: { readonly fingerprint?: string; readonly host?: string }) =>
      inspect(bytes, {
        host: 'a.example',
        policy: { findings: { 'key-mismatch': 'low' }, waivers: [{ ...waiver, ...where }] },
      }).findings.find(({ id }) => id === 'key-mismatch');
    expect(findMismatch({ fingerprint: mismatch?.subject ?? '' })).toMatchObject({
      severity: 'low',
      waived: { owner: 'Ada' },
    });
    expect(findMismatch({ host: '*.example' })).toHaveProperty('waived');
    expect(findMismatch({ host: '*.test' })).not.toHaveProperty('waived');
  });

  it('opens PKCS#12 with its password, and starts from the certificate that the key belongs to', async () => {
    const input = ['-in', 'issuing.pem', '-certfile', 'leaf.pem', '-passout', 'pass:secret'];
    await expect(openssl('pkcs12', '-export', '-inkey', 'key.pem', ...input)).rejects.toThrow();
    const bytes = await openssl(
      'pkcs12',
      '-export',
      '-in',
      'leaf.pem',
      '-inkey',
      'key.pem',
      '-certfile',
      'issuing.pem',
      '-name',
      'site',
      '-passout',
      'pass:secret',
    );
    const found = inspect(bytes, { password: 'secret', host: 'a.example' });
    expect(found).toMatchObject({
      format: 'PKCS#12',
      ids: [],
      chains: [{ certificate: { commonName: 'a.example' } }],
    });
    expect(found.objects.map(({ friendlyName, kind }) => [kind, friendlyName])).toEqual([
      ['certificate', 'site'],
      ['certificate', null],
      ['private-key', 'site'],
    ]);
    expect(() => inspect(bytes)).toThrow(PasswordError);
    expect(() => inspect(bytes, { password: 'wrong' })).toThrow(PasswordError);
  });

  it('says that a key is locked, and judges the rest', () => {
    const locked = leaf.privateKey.export({
      type: 'pkcs8',
      format: 'pem',
      cipher: 'aes-256-cbc',
      passphrase: 'secret',
    });
    expect(inspect(leaf.pem + issuing.pem + locked)).toMatchObject({
      ids: [],
      objects: [{}, {}, { key: { locked: true, matches: [] } }],
    });
    const opened = inspect(leaf.pem + issuing.pem + locked, { password: 'secret' });
    expect(opened.objects[2]?.key).toMatchObject({ locked: false, matches: [{ place: 1 }] });
  });

  it('judges signing requests: key, names and self-signature', async () => {
    const { privateKey } = await makeKey('rsa-1024', 'inspect');
    writeFileSync(folder.file('weak.pem'), privateKey.export({ type: 'pkcs8', format: 'pem' }));
    const request = await openssl(
      'req',
      '-new',
      '-key',
      'weak.pem',
      '-subj',
      '/CN=a.example',
      '-addext',
      'subjectAltName=DNS:a.example',
      '-outform',
      'DER',
    );
    const found = inspect(request);
    expect(found).toMatchObject({
      format: 'DER',
      ids: ['weak-rsa-key'],
      chains: [],
      objects: [
        {
          request: {
            subject: 'CN=a.example',
            subjectAltNames: ['DNS:a.example'],
            keyBits: 1024,
            signature: true,
          },
        },
      ],
    });
    const changed = Buffer.from(request);
    changed[changed.indexOf('a.example')] = 0x62;
    expect(inspect(changed).ids).toEqual(['invalid-request-signature', 'weak-rsa-key']);
  });

  it('goes on past a certificate that cannot be read', () => {
    const broken = '-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----\n';
    const found = inspect(leaf.pem + broken + issuing.pem);
    expect(found.objects.map(({ kind }) => kind)).toEqual(['certificate', 'unreadable', 'certificate']);
    expect(found.chains[0]?.path.status).toBe('trusted');
  });

  it('judges no more chains than anybody reads', async () => {
    const many = await Promise.all(
      Array.from({ length: 103 }, (_, index) =>
        makeCertificate({ dnsNames: [`h${index}.example`], issuer: issuing }),
      ),
    );
    const found = inspect(many.map(({ pem }) => pem).join(''));
    expect([found.chains.length, found.omittedChains]).toEqual([100, 3]);
  });

  it('refuses what holds nothing', () => {
    expect(() => inspect('hello')).toThrow(DerError);
  });
});
