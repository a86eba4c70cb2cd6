import { expect, it } from 'vitest';
import { digestModulus } from '../../../src/x509/keys/key-list.js';
import WEAK_KEYS from '../../fixtures/weak-keys.json' with { type: 'json' };

it.each(WEAK_KEYS.debian)('makes the digest that openssl-blacklist has: $digest', ({ n, digest }) => {
  expect(Buffer.from(digestModulus(Buffer.from(n, 'hex'))).toString('hex')).toBe(digest);
});

it('writes a modulus without leading zeros', () => {
  // printf 'Modulus=F01\n' | sha1sum
  expect(Buffer.from(digestModulus(Buffer.from('0f01', 'hex'))).toString('hex')).toBe('7ed2068f0e7e5e9a4e7e');
});
