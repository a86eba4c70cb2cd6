import { createPublicKey, type KeyObject, X509Certificate } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseCertificate } from '../../src/x509/certificate.js';
import { DerError } from '../../src/x509/der-error.js';
import { importPublicKey } from '../../src/x509/import-public-key.js';
import type { SubjectPublicKey } from '../../src/x509/parsed-certificate.js';
import { encodeDer, encodeInteger, encodeOid, encodeSequence, TAG } from '../fixtures/encode-der.js';
import { makeCertificate } from '../fixtures/make-certificate.js';
import { KEY_KINDS } from '../fixtures/make-key.js';
import { encodeCertificate, encodeKey } from './encode-certificate.js';
import { encodeRsaKey } from './keys/encode-rsa-key.js';

const RSA = '1.2.840.113549.1.1.1';
const NULL = encodeDer(TAG.null);
const MODULUS = 2n ** 1023n + 2n ** 600n + 9n;

describe('importPublicKey', () => {
  it.each(KEY_KINDS)('makes the key that the certificate has, of kind %s', async (kind) => {
    const { der } = await makeCertificate({ dnsNames: ['a.example'], key: kind });
    const { publicKey } = parseCertificate(der);
    const key = importPublicKey(publicKey);
    expect(key?.equals(new X509Certificate(der).publicKey)).toBe(true);
    expect(write(key)).toBe(Buffer.from(publicKey.der).toString('hex'));
  });

  const numbers = encodeSequence(encodeInteger(MODULUS), encodeInteger(65_537n));
  it.each([
    ['no parameters', encodeKey(RSA, Buffer.of(), numbers)],
    ['other parameters', encodeKey(RSA, encodeOid('1.2.3'), numbers)],
    ['the OID of X.500', encodeKey('2.5.8.1.1', NULL, numbers)],
    ['the OID of OAEP', encodeKey('1.2.840.113549.1.1.7', NULL, numbers)],
    ['something after its numbers', encodeKey(RSA, NULL, Buffer.concat([numbers, NULL]))],
    ['a third number', encodeKey(RSA, NULL, encodeSequence(encodeInteger(MODULUS), NULL, NULL))],
    ['the modulus 0', encodeRsaKey(0n)],
    ['the exponent 0', encodeRsaKey(MODULUS, 0n)],
    ['an even modulus', encodeRsaKey(MODULUS + 1n)],
    ['a short modulus', encodeRsaKey(2n ** 500n + 1n)],
    ['a vast modulus', encodeRsaKey(2n ** 16_400n + 1n)],
    ['a vast exponent', encodeRsaKey(MODULUS, 2n ** 1000n + 1n)],
    ['a point off its curve', encodeP256(Buffer.alloc(64, 7))],
    ['coordinates beyond the field', encodeP256(Buffer.alloc(64, 0xff))],
    ['a coordinate too few', encodeP256(Buffer.alloc(32, 7))],
    ['a raw key too short', encodeKey('1.3.101.112', Buffer.of(), Buffer.alloc(31))],
  ])('reads a key with %s as OpenSSL does', (_name, spki) => {
    expectOpenSsl(readSpki(spki));
  });

  it('reads keys with changed bytes as OpenSSL does', async () => {
    const kinds = ['rsa-1024', 'ec-p256', 'ed25519', 'ed448'] as const;
    const made = await Promise.all(kinds.map((key) => makeCertificate({ dnsNames: ['a.example'], key })));
    const keys = made.map(({ der }) => parseCertificate(der).publicKey.der);
    const places = fc.record({ which: fc.nat(keys.length - 1), place: fc.nat(80), byte: fc.nat(255) });
    fc.assert(
      fc.property(places, ({ which, place, byte }) => {
        const spki = Uint8Array.from(keys[which] ?? []);
        spki[place % spki.length] = byte;
        const key = tryRead(spki);
        if (key !== null) expectOpenSsl(key);
      }),
      { numRuns: 500 },
    );
  });
});

/** The same key as from DER, or none either. */
function expectOpenSsl(publicKey: SubjectPublicKey): void {
  expect(write(importPublicKey(publicKey))).toBe(write(readWithOpenSsl(publicKey.der)));
}

function readWithOpenSsl(der: Uint8Array): KeyObject | null {
  try {
    return createPublicKey({ key: Buffer.from(der), format: 'der', type: 'spki' });
  } catch {
    return null;
  }
}

function write(key: KeyObject | null): string | null {
  return key?.export({ type: 'spki', format: 'der' }).toString('hex') ?? null;
}

function tryRead(spki: Uint8Array): SubjectPublicKey | null {
  try {
    return readSpki(spki);
  } catch (error) {
    if (error instanceof DerError) return null;
    throw error;
  }
}

function readSpki(key: Uint8Array): SubjectPublicKey {
  return parseCertificate(encodeCertificate({ key })).publicKey;
}

function encodeP256(coordinates: Uint8Array): Buffer {
  const curve = encodeOid('1.2.840.10045.3.1.7');
  return encodeKey('1.2.840.10045.2.1', curve, Buffer.concat([Buffer.of(4), coordinates]));
}
