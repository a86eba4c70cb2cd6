import { expect, it } from 'vitest';
import { readNumber } from '../../../src/x509/keys/rsa-numbers.js';
import { readKey, readRsaKey } from './read-key.js';
import { SOUND_KEYS } from './sound-keys.js';

it('reads the numbers of an RSA key', () => {
  expect(readRsaKey(2n ** 1023n + 1n, 3n).rsa).toEqual({
    modulus: 2n ** 1023n + 1n,
    exponent: 3n,
    bits: 1024,
  });
  expect(readRsaKey(0n, 0n).rsa).toEqual({ modulus: 0n, exponent: 0n, bits: 0 });
});

it('reads none of a key that is not RSA, or too long to be worked on', () => {
  const keys = new Map(SOUND_KEYS);
  expect(keys.get('Ed25519')?.rsa).toBeNull();
  expect(readRsaKey(2n ** 16_383n).rsa?.bits).toBe(16_384);
  expect(readRsaKey(2n ** 16_384n).rsa).toBeNull();
  expect(readRsaKey(2n ** 1023n, 2n ** 16_384n).rsa).toBeNull();
});

it('reads a key whose inside is broken as none', () => {
  expect(readKey(Buffer.from('300e300906052b0e03021a0500030100', 'hex')).rsa).toBeNull();
});

it('reads unsigned numbers', () => {
  expect(readNumber(Uint8Array.of())).toBe(0n);
  expect(readNumber(Uint8Array.of(1, 0))).toBe(256n);
});
