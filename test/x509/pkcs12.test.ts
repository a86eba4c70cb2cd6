import { createHmac, pbkdf2Sync } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readDer } from '../../src/x509/der.js';
import { DerError } from '../../src/x509/der-error.js';
import { PasswordError } from '../../src/x509/password-error.js';
import { isPkcs12, type Pkcs12, readPkcs12 } from '../../src/x509/pkcs12.js';
import { encodeDer, encodeInteger, encodeOid, encodeSequence, TAG } from '../fixtures/encode-der.js';
import { type MadeCertificate, makeCertificate } from '../fixtures/make-certificate.js';
import { runOpenssl } from '../fixtures/run-openssl.js';
import { makeTemporaryFolder, type TemporaryFolder } from '../fixtures/temporary-folder.js';

const PASSWORD = 'pässword';

let folder: TemporaryFolder;
let root: MadeCertificate;
let leaf: MadeCertificate;

beforeAll(async () => {
  folder = await makeTemporaryFolder();
  root = await makeCertificate({ subject: 'CN=Root', ca: true });
  leaf = await makeCertificate({ dnsNames: ['a.example'], issuer: root });
  writeFileSync(folder.file('leaf.pem'), leaf.pem);
  writeFileSync(folder.file('root.pem'), root.pem);
  writeFileSync(folder.file('key.pem'), leaf.privateKeyPem);
});

afterAll(() => folder.remove());

async function exportPkcs12(options: readonly string[], password = PASSWORD): Promise<Buffer> {
  const input = ['-in', 'leaf.pem', '-inkey', 'key.pem', '-certfile', 'root.pem', '-name', 'my site'];
  return runOpenssl(['pkcs12', '-export', ...input, '-passout', `pass:${password}`, ...options], folder.path);
}

function describeBags({ bags }: Pkcs12): string[] {
  return bags.map(({ friendlyName, kind }) => (friendlyName ? `${kind} ${friendlyName}` : kind));
}

const open = (bytes: Uint8Array, password?: string) => readPkcs12(readDer(bytes), password);

const PLAIN = ['-keypbe', 'NONE', '-certpbe', 'NONE'];

describe('readPkcs12', () => {
  it.each<[name: string, options: readonly string[]]>([
    ['AES-256 and SHA-256, the present default', []],
    [
      'AES-128 and a MAC with SHA-512',
      ['-certpbe', 'AES-128-CBC', '-keypbe', 'AES-192-CBC', '-macalg', 'sha512'],
    ],
    ['triple DES and RC2 of 40 bits, the default of the past', ['-legacy']],
    ['RC2 of 128 bits', ['-legacy', '-certpbe', 'PBE-SHA1-RC2-128', '-keypbe', 'PBE-SHA1-RC2-128']],
    ['triple DES with two keys', ['-legacy', '-certpbe', 'PBE-SHA1-2DES', '-keypbe', 'PBE-SHA1-2DES']],
    ['triple DES in PBES2', ['-certpbe', 'DES-EDE3-CBC', '-keypbe', 'DES-EDE3-CBC']],
    ['no encryption', PLAIN],
    ['no MAC', ['-nomac']],
  ])('opens what OpenSSL wrote with %s', async (_name, options) => {
    const bytes = await exportPkcs12(options);
    expect(isPkcs12(readDer(bytes))).toBe(true);
    const opened = open(bytes, PASSWORD);
    expect(describeBags(opened)).toEqual(['certificate my site', 'certificate', 'private-key my site']);
    expect(Buffer.compare(opened.bags[0]?.der ?? Buffer.of(), leaf.der)).toBe(0);
    expect(Buffer.compare(opened.bags[1]?.der ?? Buffer.of(), root.der)).toBe(0);
    const pkcs8 = leaf.privateKey.export({ type: 'pkcs8', format: 'der' });
    expect(Buffer.compare(opened.bags[2]?.der ?? Buffer.of(), pkcs8)).toBe(0);
    expect(opened.hasMac).toBe(!options.includes('-nomac'));
    expect(() => open(bytes, 'wrong')).toThrow(PasswordError);
    expect(() => open(bytes)).toThrow('it is protected by a password');
  });

  it.each([['in today’s way', []] as const, ['in the way of the past', ['-legacy']] as const])(
    'tries the empty password %s',
    async (_name, options) => {
      expect(open(await exportPkcs12(options, '')).bags).toHaveLength(3);
    },
  );

  it('opens a store of certificates alone', async () => {
    const bytes = await runOpenssl(
      ['pkcs12', '-export', '-nokeys', '-in', 'root.pem', '-passout', `pass:${PASSWORD}`],
      folder.path,
    );
    expect(describeBags(open(bytes, PASSWORD))).toEqual(['certificate']);
  });

  it('says which algorithm it does not support', async () => {
    const bytes = await exportPkcs12(['-legacy', '-certpbe', 'PBE-SHA1-RC4-128']);
    expect(() => open(bytes, PASSWORD)).toThrow('encryption is not supported: RC4 of 128 bits');
  });

  it('verifies a MAC of PBMAC1', () => {
    // RFC 9579, section 4, which is younger than most of the software about.
    const safe = encodeSequence();
    const salt = Buffer.from('saltsalt');
    const key = pbkdf2Sync(PASSWORD, salt, 2048, 32, 'sha256');
    const hmac = encodeSequence(encodeOid('1.2.840.113549.2.9'), encodeDer(TAG.null));
    const derivation = encodeSequence(
      encodeOid('1.2.840.113549.1.5.12'),
      encodeSequence(encodeDer(TAG.octetString, salt), encodeInteger(2048n), encodeInteger(32n), hmac),
    );
    const make = (mac: Uint8Array) =>
      encodeSequence(
        encodeInteger(3n),
        encodeSequence(encodeOid('1.2.840.113549.1.7.1'), encodeDer(0xa0, encodeDer(TAG.octetString, safe))),
        encodeSequence(
          encodeSequence(
            encodeSequence(encodeOid('1.2.840.113549.1.5.14'), encodeSequence(derivation, hmac)),
            encodeDer(TAG.octetString, mac),
          ),
          encodeDer(TAG.octetString, Buffer.from('NOT USED')),
          encodeInteger(1n),
        ),
      );
    const mac = createHmac('sha256', key).update(safe).digest();
    expect(open(make(mac), PASSWORD)).toEqual({ bags: [], hasMac: true });
    expect(() => open(make(mac), 'wrong')).toThrow(PasswordError);
  });

  it('notices a change by the MAC', async () => {
    const bytes = await exportPkcs12(PLAIN);
    const at = bytes.indexOf(Buffer.from('a.example'));
    bytes[at] = 0x62;
    expect(() => open(bytes, PASSWORD)).toThrow('its MAC does not match');
  });

  it('fails cleanly on every prefix, and whatever is changed', async () => {
    const bytes = await exportPkcs12(['-nomac', ...PLAIN]);
    const tryOpen = (some: Uint8Array) => {
      try {
        open(some, PASSWORD);
      } catch (error) {
        if (!(error instanceof DerError || error instanceof PasswordError)) throw error;
      }
    };
    for (let length = 0; length < bytes.length; length++) {
      expect(() => open(bytes.subarray(0, length), PASSWORD)).toThrow(DerError);
    }
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.nat(255), (at, value) => {
        const changed = Buffer.from(bytes);
        changed[at] = value;
        tryOpen(changed);
      }),
      { numRuns: 500 },
    );
    const locked = await exportPkcs12(['-legacy', '-iter', '1']);
    fc.assert(
      fc.property(fc.nat(locked.length - 1), fc.nat(255), (at, value) => {
        const changed = Buffer.from(locked);
        changed[at] = value;
        tryOpen(changed);
      }),
      { numRuns: 200 },
    );
  });
});
