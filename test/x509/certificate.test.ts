import { createHash, X509Certificate } from 'node:crypto';
import { rootCertificates } from 'node:tls';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { parseCertificate } from '../../src/x509/certificate.js';
import { DerError } from '../../src/x509/der-error.js';
import { toHex } from '../../src/x509/hex.js';
import { readPem } from '../../src/x509/pem.js';
import {
  encodeBitString,
  encodeDer,
  encodeInteger,
  encodeOid,
  encodeSequence,
  TAG,
} from '../fixtures/encode-der.js';
import { encodeName } from '../fixtures/encode-name.js';
import { makeCertificate } from '../fixtures/make-certificate.js';
import { KEY_KINDS } from '../fixtures/make-key.js';
import {
  type CertificateFields,
  encodeCertificate,
  encodeExtension,
  encodeKey,
  SHA1_RSA,
  SHA256_RSA,
} from './encode-certificate.js';

const T61_STRING = 0x14;
const BMP_STRING = 0x1e;
const NONE = Buffer.of();

const ROOTS = rootCertificates.flatMap((pem) => readPem(pem)).map(({ der }) => der);

/** Holds what we read against what node:crypto reads. */
function expectSameAsNode(der: Uint8Array): void {
  const ours = parseCertificate(der);
  const theirs = new X509Certificate(der);
  const { facts } = ours;
  const withColons = facts.fingerprintSha256.toUpperCase().replace(/..(?=.)/g, '$&:');
  expect(withColons).toBe(theirs.fingerprint256);
  expect(BigInt(`0x${facts.serialNumber}`)).toBe(BigInt(`0x${theirs.serialNumber}`));
  expect(ours.notBefore).toBe(Date.parse(theirs.validFrom));
  expect(ours.notAfter).toBe(Date.parse(theirs.validTo));
  expect(ours.basicConstraints?.ca ?? false).toBe(theirs.ca);
  expect(ours.extendedKeyUsage ?? undefined).toEqual(theirs.keyUsage);
  const spki = theirs.publicKey.export({ type: 'spki', format: 'der' });
  expect(facts.spkiSha256).toBe(createHash('sha256').update(spki).digest('hex'));
  expect(toHex(ours.publicKey.der)).toBe(toHex(spki));
  const { modulusLength } = theirs.publicKey.asymmetricKeyDetails ?? {};
  if (modulusLength !== undefined) expect(facts.keyBits).toBe(modulusLength);
  const commonName = /(?:^|\n)CN=(.*)(?:\n|$)/.exec(theirs.subject)?.[1];
  expect(facts.commonName ?? undefined).toBe(commonName);
  expect(ours.subject.relativeNames.flat().map(({ value }) => value)).toEqual(
    theirs.subject.split('\n').map((line) => line.replace(/^[^=]*=/, '').replace(/\\(.)/g, '$1')),
  );
}

describe('parseCertificate', () => {
  it('agrees with node:crypto on every public root', () => {
    expect(ROOTS.length).toBeGreaterThan(100);
    for (const der of ROOTS) expectSameAsNode(der);
  });

  it.each(KEY_KINDS)('agrees with node:crypto on a key of kind %s', async (key) => {
    const made = await makeCertificate({ subject: 'CN=a.example, O=Corp, C=DE', key });
    expectSameAsNode(made.der);
  });

  it('reads all that a certificate says', async () => {
    const issuer = await makeCertificate({
      subject: 'CN=CA, O=Corp',
      ca: true,
      pathLength: 3,
      key: 'rsa-2048',
    });
    const made = await makeCertificate({
      subject: 'CN=a.example, O=Corp\\, Inc., C=DE',
      issuer,
      dnsNames: ['a.example', '*.b.example'],
      ipAddresses: ['192.0.2.1', '2001:db8::1'],
      notBefore: new Date('2026-01-02T03:04:05Z'),
      notAfter: new Date('2050-06-07T08:09:10Z'),
      serialNumber: '8f01',
      ocspUrl: 'http://ocsp.example/',
      aiaIssuers: 'http://ca.example/issuer.crt',
      crlUrl: 'http://ca.example/list.crl',
      policies: ['2.23.140.1.2.2', '1.3.6.1.4.1.99.1'],
      extensions: [
        // RFC 7633: must-staple.
        { type: '1.3.6.1.5.5.7.1.24', critical: false, value: Buffer.from('3003020105', 'hex') },
        // RFC 6962: two timestamps of one byte each.
        {
          type: '1.3.6.1.4.1.11129.2.4.2',
          critical: false,
          value: Buffer.from('0408000600010a00010b', 'hex'),
        },
      ],
    });
    const read = parseCertificate(made.der);
    expect(read.facts).toMatchObject({
      commonName: 'a.example',
      subject: 'CN=a.example,O=Corp\\, Inc.,C=DE',
      issuer: 'CN=CA,O=Corp',
      subjectAltNames: ['DNS:a.example', 'DNS:*.b.example', 'IP:192.0.2.1', 'IP:2001:db8::1'],
      serialNumber: '8f01',
      notBefore: '2026-01-02T03:04:05.000Z',
      notAfter: '2050-06-07T08:09:10.000Z',
      keyType: 'EC',
      keyBits: 256,
      signatureAlgorithm: 'sha256WithRSAEncryption',
      validation: 'OV',
    });
    expect(read).toMatchObject({
      version: 3,
      publicKey: { curve: 'secp256r1', rsa: null },
      basicConstraints: { ca: false, pathLength: null },
      extendedKeyUsage: ['1.3.6.1.5.5.7.3.1'],
      ocspUrls: ['http://ocsp.example/'],
      issuerUrls: ['http://ca.example/issuer.crt'],
      crlUrls: ['http://ca.example/list.crl'],
      policies: ['2.23.140.1.2.2', '1.3.6.1.4.1.99.1'],
      tlsFeatures: [5],
      sctCount: 2,
      unhandledExtensions: [],
      oddities: [],
    });
    expect([...(read.keyUsage ?? [])]).toEqual(['digitalSignature']);
    const ca = parseCertificate(issuer.der);
    expect(ca.basicConstraints).toEqual({ ca: true, pathLength: 3 });
    expect([...(ca.keyUsage ?? [])]).toEqual(['digitalSignature', 'keyCertSign', 'cRLSign']);
    expect(toHex(read.authorityKeyIdentifier ?? Buffer.of())).toBe(
      toHex(ca.subjectKeyIdentifier ?? Buffer.of(0)),
    );
  });

  it('refuses what is longer than any certificate', () => {
    expect(() => parseCertificate(new Uint8Array(1_048_577))).toThrow('1048577 bytes');
  });
});

const commonName = (tag: number, content: Uint8Array) =>
  encodeSequence(encodeDer(TAG.set, encodeSequence(encodeOid('2.5.4.3'), encodeDer(tag, content))));

const dnsNames = (...names: readonly string[]) =>
  encodeSequence(...names.map((name) => encodeDer(0x82, Buffer.from(name, 'latin1'))));

describe('what is odd but readable', () => {
  it('is nothing in a sound certificate', () => {
    expect(parseCertificate(encodeCertificate({})).oddities).toEqual([]);
  });

  it.each<
    [name: string, changes: Partial<CertificateFields>, oddity: string, also?: Record<string, unknown>]
  >([
    ['a negative serial number', { serial: Buffer.from('0201ff', 'hex') }, 'serial number is negative'],
    [
      'serial number zero',
      { serial: encodeInteger(0n) },
      'serial number is zero',
      { facts: { serialNumber: '00' } },
    ],
    [
      'a serial number with needless zeros',
      { serial: Buffer.from('020300008f', 'hex') },
      'shortest form',
      { facts: { serialNumber: '8f' } },
    ],
    ['a serial number of 21 octets', { serial: encodeInteger(2n ** 160n) }, 'longer than 20 octets'],
    [
      'a time that is none',
      { notAfter: encodeDer(TAG.utcTime, Buffer.from('never')) },
      'notAfter',
      { notAfter: null },
    ],
    ['a validity of one time', { notAfter: NONE }, 'lacks a time', { notAfter: null, notBefore: null }],
    [
      'a subject without names',
      { subject: encodeSequence() },
      'subject is empty',
      { facts: { commonName: null } },
    ],
    ['an issuer without names', { issuer: encodeSequence() }, 'issuer is empty'],
    [
      'a subject in a TeletexString',
      { subject: commonName(T61_STRING, Buffer.from('fc', 'hex')) },
      'TeletexString',
      { facts: { commonName: 'ü' } },
    ],
    [
      'a subject in a BMPString',
      { subject: commonName(BMP_STRING, Buffer.from('0061', 'hex')) },
      'BMPString',
      { facts: { commonName: 'a' } },
    ],
    [
      'a NUL in the common name',
      { subject: commonName(TAG.utf8String, Buffer.from('a\0b')) },
      'NUL',
      { facts: { commonName: 'a\0b', subject: 'CN=a\\00b' } },
    ],
    [
      'a subject that breaks off',
      { subject: encodeSequence(encodeName('CN=a').subarray(2), Buffer.from('0500', 'hex')) },
      'subject cannot be read to its end',
      { facts: { commonName: 'a' } },
    ],
    [
      'another algorithm outside',
      { outer: SHA1_RSA },
      'differs',
      { facts: { signatureAlgorithm: 'sha1WithRSAEncryption' } },
    ],
    [
      'unused bits in the signature',
      { signature: encodeBitString(Buffer.alloc(8), 3) },
      'signature has 3 unused bits',
    ],
    ['bytes behind it', { behind: Buffer.alloc(2) }, '2 bytes follow'],
    ['version 4', { version: encodeDer(0xa0, encodeInteger(3n)) }, 'none of 1, 2 and 3', { version: 3 }],
    [
      'version 1 with extensions',
      { version: null, extensions: [encodeExtension('2.5.29.19', encodeSequence())] },
      'version 1 has extensions',
      { version: 1, basicConstraints: { ca: false } },
    ],
    [
      'an extension that occurs twice',
      {
        extensions: [
          encodeExtension('2.5.29.17', dnsNames('a')),
          encodeExtension('2.5.29.17', dnsNames('b')),
        ],
      },
      'subjectAltName occurs more than once',
      { facts: { subjectAltNames: ['DNS:a'] }, unhandledExtensions: ['2.5.29.17'] },
    ],
    [
      'an unreadable extension',
      { extensions: [encodeExtension('2.5.29.31', Buffer.from('ff', 'hex'))] },
      'cRLDistributionPoints cannot be read',
      { crlUrls: [], unhandledExtensions: [] },
    ],
    [
      'an unreadable extension that limits the certificate',
      { extensions: [encodeExtension('2.5.29.19', encodeSequence(encodeSequence()))] },
      'basicConstraints cannot be read',
      { basicConstraints: null, unhandledExtensions: ['2.5.29.19'] },
    ],
    [
      'an extension that is none',
      { extensions: [encodeInteger(1n), encodeExtension('2.5.29.17', dnsNames('a'))] },
      'cannot be read to their end',
      { facts: { subjectAltNames: ['DNS:a'] }, unhandledExtensions: ['unreadable'] },
    ],
    [
      'an IP address of five octets',
      { extensions: [encodeExtension('2.5.29.17', encodeSequence(encodeDer(0x87, Buffer.alloc(5, 1))))] },
      'has 5 octets',
      { facts: { subjectAltNames: ['IP:#0101010101'] } },
    ],
    [
      'a DNS name outside ASCII',
      { extensions: [encodeExtension('2.5.29.17', dnsNames('\xfc.example'))] },
      'outside ASCII',
      { facts: { subjectAltNames: ['DNS:ü.example'] } },
    ],
    [
      'an RSA key that is none',
      { key: encodeKey('1.2.840.113549.1.1.1', encodeDer(TAG.null), Buffer.from('ff', 'hex')) },
      'public key cannot be read',
      { publicKey: { type: 'RSA', bits: null, rsa: null } },
    ],
    [
      'an EC key without a curve',
      { key: encodeKey('1.2.840.10045.2.1', NONE, Buffer.of(4, 1, 2)) },
      'public key cannot be read',
      { publicKey: { type: 'EC', bits: null, curve: null } },
    ],
  ])('%s', (_name, changes, oddity, also = {}) => {
    const read = parseCertificate(encodeCertificate(changes));
    expect(read.oddities).toEqual(expect.arrayContaining([expect.stringContaining(oddity)]));
    expect(read).toMatchObject(also);
  });

  it('keeps an empty subject with a critical SAN as it should be', () => {
    const extensions = [encodeExtension('2.5.29.17', dnsNames('a.example'), true)];
    const read = parseCertificate(encodeCertificate({ subject: encodeSequence(), extensions }));
    expect(read.oddities).toEqual([]);
    expect(read.facts).toMatchObject({ subject: '', commonName: null });
  });

  it('keeps extensions that nobody knows, and says which of them are critical', () => {
    const extensions = [
      encodeExtension('1.2.3.4', Buffer.of(5, 0)),
      encodeExtension('1.2.3.5', Buffer.of(5, 0), true),
    ];
    const read = parseCertificate(encodeCertificate({ extensions }));
    expect(read.extensions).toMatchObject([
      { oid: '1.2.3.4', critical: false },
      { oid: '1.2.3.5', critical: true },
    ]);
    expect(read.unhandledExtensions).toEqual(['1.2.3.5']);
  });

  it('reads a length in BER', () => {
    const der = encodeCertificate({ serial: Buffer.from('02810107', 'hex') });
    const read = parseCertificate(der);
    expect(read.facts.serialNumber).toBe('07');
    expect(read.oddities).toEqual([expect.stringContaining('BER')]);
  });
});

describe('hostile bytes', () => {
  let whole: Uint8Array;
  beforeAll(async () => {
    const made = await makeCertificate({
      subject: 'CN=a.example, O=Corp',
      dnsNames: ['a.example'],
      ipAddresses: ['192.0.2.1'],
      key: 'rsa-2048',
      ocspUrl: 'http://ocsp.example/',
      crlUrl: 'http://ca.example/list.crl',
      policies: ['2.23.140.1.2.1'],
    });
    whole = made.der;
  });

  it('fails with DerError on every prefix of a sound certificate', () => {
    for (let length = 0; length < whole.length; length++) {
      expect(() => parseCertificate(whole.subarray(0, length))).toThrow(DerError);
    }
  });

  it('never throws anything but DerError, whatever bytes are changed', () => {
    const change = fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 }));
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 8 }), (changes) => {
        const bytes = Uint8Array.from(whole);
        for (const [at, value] of changes) bytes[at % bytes.length] = value;
        parseOrDerError(bytes);
      }),
      { numRuns: 3000 },
    );
  });

  it('never throws anything but DerError on noise', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (noise) => {
        parseOrDerError(noise);
        parseOrDerError(encodeSequence(encodeSequence(noise), SHA256_RSA, encodeBitString(noise)));
        parseOrDerError(encodeCertificate({ extensions: [encodeExtension('2.5.29.17', noise), noise] }));
        parseOrDerError(
          encodeCertificate({ subject: encodeSequence(noise), notAfter: encodeDer(TAG.utcTime, noise) }),
        );
        parseOrDerError(encodeCertificate({ key: encodeSequence(noise) }));
      }),
      { numRuns: 500 },
    );
  });
});

function parseOrDerError(bytes: Uint8Array): void {
  try {
    parseCertificate(bytes);
  } catch (error) {
    expect(error).toBeInstanceOf(DerError);
  }
}
