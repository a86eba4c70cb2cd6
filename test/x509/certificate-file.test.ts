import { writeFileSync } from 'node:fs';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readCertificateFile } from '../../src/x509/certificate-file.js';
import { DerError } from '../../src/x509/der-error.js';
import { PasswordError } from '../../src/x509/password-error.js';
import { type MadeCertificate, makeCertificate } from '../fixtures/make-certificate.js';
import { makeKey } from '../fixtures/make-key.js';
import { runOpenssl } from '../fixtures/run-openssl.js';
import { makeTemporaryFolder, type TemporaryFolder } from '../fixtures/temporary-folder.js';

let folder: TemporaryFolder;
let leaf: MadeCertificate;
let root: MadeCertificate;

beforeAll(async () => {
  folder = await makeTemporaryFolder();
  root = await makeCertificate({ subject: 'CN=Root', ca: true });
  leaf = await makeCertificate({ dnsNames: ['a.example'], issuer: root });
  writeFileSync(folder.file('chain.pem'), leaf.pem + root.pem);
  writeFileSync(folder.file('key.pem'), leaf.privateKeyPem);
});

afterAll(() => folder.remove());

const openssl = (...args: readonly string[]) => runOpenssl(args, folder.path);

/** The format, then the kind of each object. */
function outline(bytes: Uint8Array | string, password?: string): string {
  const { format, objects } = readCertificateFile(Buffer.from(bytes), password);
  return [format, ...objects.map((each) => ('what' in each ? each.what : each.kind))].join(' ');
}

describe('readCertificateFile', () => {
  it('lists what a PEM file holds, in its order, with noise around it', () => {
    const text = `Bag Attributes\n${leaf.privateKeyPem}\nsubject=CN = a.example\n${leaf.pem}${root.pem}bye`;
    expect(outline(text)).toBe('PEM private-key certificate certificate');
  });

  it('tells single objects in DER apart', async () => {
    expect(outline(leaf.der)).toBe('DER certificate');
    expect(outline(leaf.privateKey.export({ type: 'pkcs8', format: 'der' }))).toBe('DER private-key');
    expect(outline(leaf.privateKey.export({ type: 'sec1', format: 'der' }))).toBe('DER private-key');
    expect(outline(leaf.publicKey.export({ type: 'spki', format: 'der' }))).toBe('DER a public key');
    const { privateKey } = await makeKey('rsa-2048', 'certificate-file');
    expect(outline(privateKey.export({ type: 'pkcs1', format: 'der' }))).toBe('DER private-key');
    const lock = { cipher: 'aes-256-cbc', passphrase: 'x', type: 'pkcs8', format: 'der' } as const;
    expect(outline(privateKey.export(lock))).toBe('DER private-key');
    const request = await openssl('req', '-new', '-key', 'key.pem', '-subj', '/CN=a', '-outform', 'DER');
    expect(outline(request)).toBe('DER request');
  });

  it('opens PKCS#7 and PKCS#12, in DER and in PEM', async () => {
    const pkcs7 = await openssl('crl2pkcs7', '-nocrl', '-certfile', 'chain.pem', '-outform', 'DER');
    expect(outline(pkcs7)).toBe('PKCS#7 certificate certificate');
    const armoured = await openssl('crl2pkcs7', '-nocrl', '-certfile', 'chain.pem');
    expect(outline(armoured)).toBe('PEM certificate certificate');
    const pkcs12 = await openssl(
      'pkcs12',
      '-export',
      '-in',
      'chain.pem',
      '-inkey',
      'key.pem',
      '-passout',
      'pass:x',
    );
    expect(outline(pkcs12, 'x')).toBe('PKCS#12 certificate certificate private-key');
    expect(() => outline(pkcs12)).toThrow(PasswordError);
  });

  it('names what is of no use to it', () => {
    const block = (label: string) => `-----BEGIN ${label}-----\nAQID\n-----END ${label}-----\n`;
    expect(outline(block('EC PARAMETERS') + block('X509 CRL') + block('SECRET THING'))).toBe(
      'PEM parameters of an EC key a revocation list SECRET THING',
    );
    expect(outline(block('PKCS7'))).toBe('PEM PKCS7');
  });

  it.each<[name: string, bytes: Uint8Array, message: string]>([
    ['nothing', Buffer.of(), 'the file is empty'],
    ['text', Buffer.from('hello'), 'neither PEM nor whole DER'],
    ['other DER', Buffer.of(0x30, 0), 'neither PEM nor a certificate'],
    ["Java's own key store", Buffer.from('feedfeed0000000200000000', 'hex'), 'keytool -importkeystore'],
  ])('says what %s is', (_name, bytes, message) => {
    expect(() => readCertificateFile(bytes)).toThrow(DerError);
    expect(() => readCertificateFile(bytes)).toThrow(message);
  });

  it('throws nothing but its own errors, whatever the bytes', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.uint8Array({ maxLength: 200 }),
          fc.tuple(fc.nat(leaf.der.length - 1), fc.nat(255)).map(([at, value]) => leaf.der.with(at, value)),
        ),
        (bytes) => {
          try {
            readCertificateFile(bytes);
          } catch (error) {
            if (!(error instanceof DerError)) throw error;
          }
        },
      ),
    );
  });
});
