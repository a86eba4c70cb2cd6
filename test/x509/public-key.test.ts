import { describe, expect, it } from 'vitest';
import { parseCertificate } from '../../src/x509/certificate.js';
import { toHex } from '../../src/x509/hex.js';
import { encodeDer, encodeInteger, encodeOid, encodeSequence, TAG } from '../fixtures/encode-der.js';
import { encodeCertificate, encodeKey } from './encode-certificate.js';

const NONE = Buffer.of();
const POINT = Buffer.concat([Buffer.of(4), Buffer.alloc(64, 7)]);

describe('readPublicKey', () => {
  it.each<[name: string, key: Uint8Array, expected: Record<string, unknown>]>([
    ['an RSA modulus that is no multiple of eight bits', rsaKey(2n ** 1022n), { type: 'RSA', bits: 1023 }],
    [
      'ML-DSA-65',
      encodeKey('2.16.840.1.101.3.4.3.18', NONE, Buffer.alloc(1952)),
      { type: 'ML-DSA-65', bits: null },
    ],
    ['SLH-DSA', encodeKey('2.16.840.1.101.3.4.3.20', NONE, Buffer.alloc(32)), { type: 'SLH-DSA-SHA2-128s' }],
    [
      'GOST',
      encodeKey('1.2.643.7.1.1.1.1', NONE, Buffer.alloc(66)),
      { type: 'GOST R 34.10-2012-256', bits: 256 },
    ],
    ['X25519', encodeKey('1.3.101.110', NONE, Buffer.alloc(32)), { type: 'X25519', bits: 255 }],
    ['SM2', ecKey(encodeOid('1.2.156.10197.1.301')), { type: 'EC', curve: 'curveSM2', bits: 256 }],
    ['an unknown curve', ecKey(encodeOid('1.2.3.4')), { type: 'EC', curve: '1.2.3.4', bits: 256 }],
    [
      'explicit parameters',
      ecKey(explicitCurve(2n ** 255n + 1n)),
      { type: 'EC', curve: 'explicit', bits: 256 },
    ],
    ['an unknown algorithm', encodeKey('1.2.3.4', NONE, Buffer.of(1)), { type: '1.2.3.4', bits: null }],
    [
      'DSA with inherited parameters',
      encodeKey('1.2.840.10040.4.1', NONE, encodeInteger(7n)),
      { type: 'DSA', bits: null },
    ],
  ])('reads %s', (_name, key, expected) => {
    expect(parseCertificate(encodeCertificate({ key })).publicKey).toMatchObject(expected);
  });

  it('shows modulus and exponent without leading zeros', () => {
    const { rsa } = parseCertificate(encodeCertificate({ key: rsaKey(2n ** 1023n + 1n) })).publicKey;
    expect(rsa?.modulus).toHaveLength(128);
    expect(toHex(rsa?.exponent ?? NONE)).toBe('010001');
  });
});

function rsaKey(modulus: bigint): Buffer {
  const key = encodeSequence(encodeInteger(modulus), encodeInteger(65537n));
  return encodeKey('1.2.840.113549.1.1.1', encodeDer(TAG.null), key);
}

function ecKey(parameters: Uint8Array): Buffer {
  return encodeKey('1.2.840.10045.2.1', parameters, POINT);
}

function explicitCurve(prime: bigint): Buffer {
  const field = encodeSequence(encodeOid('1.2.840.10045.1.1'), encodeInteger(prime));
  return encodeSequence(encodeInteger(1n), field);
}
