import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { parseCertificate } from '../../src/x509/certificate.js';
import { isSignedBy } from '../../src/x509/signed-by.js';
import { bendCertificate } from '../fixtures/corpus/bend-certificate.js';
import {
  encodeBitString,
  encodeDer,
  encodeInteger,
  encodeOid,
  encodeSequence,
  TAG,
} from '../fixtures/encode-der.js';
import { makeCertificate, type SignatureHash } from '../fixtures/make-certificate.js';
import { KEY_KINDS } from '../fixtures/make-key.js';
import { encodeCertificate, encodeKey } from './encode-certificate.js';

describe('isSignedBy', () => {
  it.each(KEY_KINDS)('verifies what a key of kind %s signed, and nothing that another did', async (key) => {
    const issuer = await makeCertificate({ subject: `CN=CA ${key}`, key, ca: true });
    const other = await makeCertificate({ subject: `CN=Other ${key}`, key, ca: true });
    const leaf = parseCertificate((await makeCertificate({ dnsNames: ['a.example'], issuer })).der);
    expect(isSignedBy(leaf, parseCertificate(issuer.der).publicKey)).toBe(true);
    expect(isSignedBy(leaf, parseCertificate(other.der).publicKey)).toBe(false);
    // The second answer comes from memory and must be the same.
    expect(isSignedBy(leaf, parseCertificate(issuer.der).publicKey)).toBe(true);
  });

  it.each<SignatureHash>(['md5', 'sha1', 'sha256', 'sha384', 'sha512'])(
    'verifies RSA with %s',
    async (hash) => {
      const made = await makeCertificate({ subject: 'CN=RSA', key: 'rsa-1024', signatureHash: hash });
      const read = parseCertificate(made.der);
      expect(isSignedBy(read, read.publicKey)).toBe(true);
      expect(read.signatureAlgorithm.hash).toBe(hash);
    },
  );

  it('does not verify what was changed after signing', async () => {
    const made = await makeCertificate({ dnsNames: ['a.example'] });
    const changed = Uint8Array.from(made.der);
    changed[made.der.length - 1] = (changed.at(-1) ?? 0) ^ 1;
    const { publicKey } = parseCertificate(made.der);
    expect(isSignedBy(parseCertificate(changed), publicKey)).toBe(false);
  });

  it('does not verify with a key of another type', async () => {
    const rsa = parseCertificate((await makeCertificate({ subject: 'CN=RSA', key: 'rsa-2048' })).der);
    const ec = parseCertificate((await makeCertificate({ subject: 'CN=EC' })).der);
    const ed25519 = parseCertificate((await makeCertificate({ subject: 'CN=Ed', key: 'ed25519' })).der);
    const ed448 = parseCertificate((await makeCertificate({ subject: 'CN=Ed', key: 'ed448' })).der);
    expect(isSignedBy(rsa, ec.publicKey)).toBe(false);
    expect(isSignedBy(ec, rsa.publicKey)).toBe(false);
    expect(isSignedBy(ed25519, ed448.publicKey)).toBe(false);
  });

  const withAlgorithm = (...parts: readonly Uint8Array[]) => {
    const algorithm = encodeSequence(...parts);
    return parseCertificate(encodeCertificate({ inner: algorithm, outer: algorithm }));
  };
  const PSS = encodeOid('1.2.840.113549.1.1.10');
  const digest = (oid: string) => encodeSequence(encodeOid(oid), encodeDer(TAG.null));

  it.each([
    ['MD2', withAlgorithm(encodeOid('1.2.840.113549.1.1.2'), encodeDer(TAG.null))],
    ['an unknown algorithm', withAlgorithm(encodeOid('1.2.3.4'))],
    [
      'PSS with two hashes',
      withAlgorithm(PSS, encodeSequence(encodeDer(0xa0, digest('2.16.840.1.101.3.4.2.1')))),
    ],
    ['PSS with unreadable parameters', withAlgorithm(PSS, encodeSequence(encodeDer(0xa0, Buffer.of(5, 0))))],
  ])('says nothing of %s', (_name, certificate) => {
    expect(isSignedBy(certificate, certificate.publicKey)).toBe('unsupported');
  });

  it('does not spend time on an exponent as long as the modulus', () => {
    const modulus = encodeInteger(2n ** 2047n + 1n);
    const rsa = encodeSequence(modulus, encodeInteger(2n ** 2046n + 1n));
    const key = encodeKey('1.2.840.113549.1.1.1', encodeDer(TAG.null), rsa);
    const certificate = parseCertificate(encodeCertificate({ key }));
    expect(isSignedBy(certificate, certificate.publicKey)).toBe('unsupported');
  });

  it.each([
    ['a salt longer than any key', encodeInteger(65_000n)],
    ['a salt that no integer holds', encodeInteger(2n ** 47n)],
  ])('does not throw on PSS with %s', (_name, salt) => {
    const hash = digest('1.3.14.3.2.26');
    const certificate = withAlgorithm(PSS, encodeSequence(encodeDer(0xa0, hash), encodeDer(0xa2, salt)));
    expect(isSignedBy(certificate, certificate.publicKey)).toBe(false);
  });

  it.each([
    ['an RSA key of garbage', encodeKey('1.2.840.113549.1.1.1', encodeDer(TAG.null), Buffer.of(1, 2, 3))],
    ['an RSA key of zeros', encodeKey('1.2.840.113549.1.1.1', encodeDer(TAG.null), zeroKey())],
  ])('does not throw on %s', (_name, key) => {
    const certificate = parseCertificate(encodeCertificate({ key }));
    expect(isSignedBy(certificate, certificate.publicKey)).not.toBe(true);
  });

  it('does not throw on a signature that is no bytes at all', async () => {
    const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
    const algorithm = encodeSequence(encodeOid('1.2.840.10045.4.3.2'));
    const key = publicKey.export({ type: 'spki', format: 'der' });
    const signature = encodeBitString(Buffer.of());
    const certificate = parseCertificate(
      encodeCertificate({ inner: algorithm, outer: algorithm, key, signature }),
    );
    expect(isSignedBy(certificate, certificate.publicKey)).toBe(false);
  });

  it('does not count a signature by an algorithm other than the one that is signed', async () => {
    const issuer = await makeCertificate({ subject: 'CN=CA', ca: true });
    const made = await makeCertificate({ dnsNames: ['a.example'], issuer });
    const outerAlgorithm = encodeSequence(encodeOid('1.2.840.10045.4.3.2'));
    const verify = (algorithm: Uint8Array) =>
      isSignedBy(
        parseCertificate(bendCertificate(made, { algorithm, outerAlgorithm }).der),
        parseCertificate(issuer.der).publicKey,
      );
    expect(verify(outerAlgorithm)).toBe(true);
    expect(verify(encodeSequence(encodeOid('1.2.840.10045.4.3.3')))).toBe(false);
  });

  function zeroKey(): Buffer {
    return encodeSequence(encodeInteger(0n), encodeInteger(0n));
  }
});
