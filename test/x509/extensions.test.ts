import { describe, expect, it } from 'vitest';
import { parseCertificate } from '../../src/x509/certificate.js';
import type { ExtensionReader } from '../../src/x509/extension-reader.js';
import * as registry from '../../src/x509/extensions/index.js';
import { encodeDer, encodeOid, encodeSequence, encodeTrue, TAG } from '../fixtures/encode-der.js';
import { encodeName } from '../fixtures/encode-name.js';
import { encodeCertificate, encodeExtension } from './encode-certificate.js';

const READERS = Object.values<ExtensionReader>(registry);

const read = (oid: string, hex: string, critical = false) => {
  const extensions = [encodeExtension(oid, Buffer.from(hex.replaceAll(' ', ''), 'hex'), critical)];
  return parseCertificate(encodeCertificate({ extensions }));
};

describe('the registry', () => {
  it('has one reader for each OID', () => {
    expect(new Set(READERS.map(({ oid }) => oid)).size).toBe(READERS.length);
  });

  it.each(READERS.map((reader) => [reader.name, reader] as const))(
    'survives whatever is in %s',
    (_name, { oid, isRestriction = false }) => {
      for (const hex of [
        '',
        '00',
        '0500',
        '3000',
        '30030500',
        '3003020100',
        '0400',
        '0304ffffffff',
        '308000',
      ]) {
        const certificate = read(oid, hex);
        const isUnreadable = certificate.oddities.some((oddity) => oddity.includes('cannot be read'));
        expect(certificate.unhandledExtensions).toEqual(isUnreadable && isRestriction ? [oid] : []);
      }
    },
  );

  it.each(READERS.map((reader) => [reader.name, reader.oid] as const))(
    'counts a critical %s as known',
    (_name, oid) => {
      const certificate = read(oid, '', true);
      expect(certificate.unhandledExtensions).toEqual([oid]);
      expect(certificate.extensions).toMatchObject([{ oid, critical: true }]);
    },
  );
});

describe('what extensions say', () => {
  it.each<[name: string, oid: string, hex: string, expected: Record<string, unknown>]>([
    ['a CA', '2.5.29.19', '30 03 0101ff', { basicConstraints: { ca: true, pathLength: null } }],
    [
      'a CA with path length',
      '2.5.29.19',
      '30 06 0101ff 020102',
      { basicConstraints: { ca: true, pathLength: 2 } },
    ],
    ['no CA', '2.5.29.19', '30 00', { basicConstraints: { ca: false, pathLength: null } }],
    ['no CA, in so many words', '2.5.29.19', '30 03 010100', { basicConstraints: { ca: false } }],
    [
      'a path length without a CA',
      '2.5.29.19',
      '30 03 020102',
      { basicConstraints: { ca: false, pathLength: 2 } },
    ],
    ['all key usages', '2.5.29.15', '03 03 07 ff80', { keyUsage: new Set(allUsages()) }],
    ['no key usage', '2.5.29.15', '03 01 00', { keyUsage: new Set() }],
    ['purposes', '2.5.29.37', '30 06 0604551d2500', { extendedKeyUsage: ['2.5.29.37.0'] }],
    ['must-staple', '1.3.6.1.5.5.7.1.24', '30 06 020105 020111', { tlsFeatures: [5, 17] }],
    ['no timestamps', '1.3.6.1.4.1.11129.2.4.2', '0402 0000', { sctCount: 0 }],
    ['an issuer without key identifier', '2.5.29.35', '30 03 820107', { authorityKeyIdentifier: null }],
    ['a relative distribution point', '2.5.29.31', '30 06 3004 a002 a100', { crlUrls: [] }],
    ['a distribution point of an issuer alone', '2.5.29.31', '30 04 3002 a200', { crlUrls: [] }],
  ])('%s', (_name, oid, hex, expected) => {
    expect(read(oid, hex)).toMatchObject(expected);
  });

  it('reads names of every kind', () => {
    const certificate = read(
      '2.5.29.17',
      encodeSequence(
        encodeDer(0x82, Buffer.from('a.example')),
        encodeDer(0x81, Buffer.from('x@a.example')),
        encodeDer(0x86, Buffer.from('https://a.example/')),
        encodeDer(0x87, Buffer.of(192, 0, 2, 1)),
        encodeDer(0xa4, encodeName('CN=a, O=b')),
        encodeDer(0x88, encodeOid('1.2.3.4').subarray(2)),
        encodeDer(
          0xa0,
          encodeOid('1.3.6.1.4.1.311.20.2.3'),
          encodeDer(0xa0, encodeDer(TAG.utf8String, Buffer.from('u'))),
        ),
        encodeDer(0xa3, encodeTrue()),
      ).toString('hex'),
    );
    expect(certificate.facts.subjectAltNames).toEqual([
      'DNS:a.example',
      'email:x@a.example',
      'URI:https://a.example/',
      'IP:192.0.2.1',
      'DirName:CN=a,O=b',
      'RID:1.2.3.4',
      'other:1.3.6.1.4.1.311.20.2.3',
      'other:#a3030101ff',
    ]);
    expect(certificate.oddities).toEqual([]);
  });

  it('reads URLs of CRLs and issuers, passing over what is no URL', () => {
    const url = (text: string) => encodeDer(0x86, Buffer.from(text));
    const point = (...names: readonly Uint8Array[]) =>
      encodeSequence(encodeDer(0xa0, encodeDer(0xa0, ...names)));
    const points = encodeSequence(
      point(url('http://a.example/'), url('ldap://b.example/')),
      point(encodeDer(0xa4, encodeName('CN=a'))),
    );
    expect(read('2.5.29.31', points.toString('hex')).crlUrls).toEqual([
      'http://a.example/',
      'ldap://b.example/',
    ]);
    const access = (method: string, location: Uint8Array) => encodeSequence(encodeOid(method), location);
    const accesses = encodeSequence(
      access('1.3.6.1.5.5.7.48.2', url('http://c.example/')),
      access('1.3.6.1.5.5.7.48.1', encodeDer(0xa4, encodeName('CN=a'))),
      access('1.2.3', url('http://d.example/')),
    );
    expect(read('1.3.6.1.5.5.7.1.1', accesses.toString('hex'))).toMatchObject({
      issuerUrls: ['http://c.example/'],
      ocspUrls: [],
    });
  });
});

function allUsages(): readonly string[] {
  return [
    'digitalSignature',
    'nonRepudiation',
    'keyEncipherment',
    'dataEncipherment',
    'keyAgreement',
    'keyCertSign',
    'cRLSign',
    'encipherOnly',
    'decipherOnly',
  ];
}
