import { describe, expect, it } from 'vitest';
import { hashOfSignature } from '../../src/model/hash-of-signature.js';

describe('the hash of a signature', () => {
  it.each([
    ['sha256WithRSAEncryption', 'SHA-256'],
    ['ecdsa-with-SHA384', 'SHA-384'],
    ['ecdsa-with-SHA1', 'SHA-1'],
    ['sha1WithRSAEncryption', 'SHA-1'],
    ['md5WithRSAEncryption', 'MD5'],
    ['md2WithRSAEncryption', 'MD2'],
    ['sha512-256WithRSAEncryption', 'SHA-512/256'],
    ['dsa-with-sha256', 'SHA-256'],
    ['RSASSA-PSS-SHA256', 'SHA-256'],
    ['RSASSA-PSS with SHA-512', 'SHA-512'],
    ['id-ecdsa-with-sha3-256', 'SHA3-256'],
    ['id-RSASSA-PSS-SHAKE128', 'SHAKE128'],
    ['sm2-with-SM3', 'SM3'],
  ])('%s is made with %s', (algorithm, hash) => {
    expect(hashOfSignature(algorithm)).toBe(hash);
  });

  it.each(['Ed25519', 'Ed448', 'ML-DSA-44', '1.2.840.113549.1.1.99', 'RSASSA-PSS'])(
    '%s says nothing of it',
    (algorithm) => {
      expect(hashOfSignature(algorithm)).toBeNull();
    },
  );
});
