import { describe, expect, it } from 'vitest';
import { smallFactor } from '../../../../src/x509/keys/tests/small-factor.js';
import WEAK_KEYS from '../../../fixtures/weak-keys.json' with { type: 'json' };
import { readRsaKey } from '../read-key.js';

describe('smallFactor', () => {
  it.each(WEAK_KEYS.smallFactor)('finds the factor $factor', ({ n, factor }) => {
    expect(smallFactor.run(readRsaKey(BigInt(`0x${n}`)))?.text).toContain(`a modulus that ${factor} divides`);
  });

  it.each<[modulus: bigint, text: RegExp]>([
    [0n, /the modulus 0, which protects nothing/],
    [1n, /the modulus 1, which protects nothing/],
    [2n, /an even modulus/],
    [2n ** 1024n, /an even modulus/],
    [9n, /that 3 divides/],
    [65_537n, /that 65537 divides/],
    [65_521n * 65_537n, /that 65521 divides/],
  ])('says what is wrong with %s', (modulus, text) => {
    expect(smallFactor.run(readRsaKey(modulus))?.text).toMatch(text);
  });

  it('does not look for factors above 2^16', () => {
    expect(smallFactor.run(readRsaKey(65_539n * 65_543n))).toBeNull();
  });
});
