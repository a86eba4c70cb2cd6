import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { batchGcd, batchGcdWith } from '../../../src/x509/keys/batch-gcd.js';
import { gcd } from '../../../src/x509/keys/gcd.js';
import WEAK_KEYS from '../../fixtures/weak-keys.json' with { type: 'json' };

const { n, gcdAll5, gcdFirst4 } = WEAK_KEYS.sharedPrimes;
const numbers = (hex: readonly string[]) => hex.map((each) => BigInt(`0x${each}`));

/** Small numbers, so that factors in common are many. */
const distinct = (maxLength: number) =>
  fc.uniqueArray(fc.bigInt({ min: 2n, max: 5000n }), { minLength: 1, maxLength });
const multiply = (factors: readonly bigint[]) => factors.reduce((product, factor) => product * factor, 1n);

/** Too few bits for all numbers of a test, so that there are several blocks. */
const SMALL_BLOCK_BITS = 100;

describe('batchGcd', () => {
  it('finds the primes that are shared, and a modulus whose primes both are', () => {
    expect(batchGcd(numbers(n.slice(0, 4)))).toEqual(numbers(gcdFirst4));
    expect(batchGcd(numbers(n))).toEqual(numbers(gcdAll5));
  });

  it.each([undefined, SMALL_BLOCK_BITS])('agrees with comparing one by one, in blocks of %s bits', (bits) => {
    fc.assert(
      fc.property(distinct(30), distinct(30), (fresh, others) => {
        const known = others.filter((each) => !fresh.includes(each));
        const all = [...fresh, ...known];
        const expected = fresh.map((each) => gcd(each, multiply(all.filter((other) => other !== each))));
        expect(batchGcd(fresh, known, bits)).toEqual(expected);
      }),
    );
  });

  it('compares nothing with nothing', () => {
    expect(batchGcd([])).toEqual([]);
    expect(batchGcd([], [5n])).toEqual([]);
    expect(batchGcd([5n])).toEqual([1n]);
  });
});

describe('batchGcdWith', () => {
  it('compares with the others alone', () => {
    fc.assert(
      fc.property(distinct(30), distinct(10), (some, others) => {
        expect(batchGcdWith(some, others)).toEqual(some.map((each) => gcd(each, multiply(others))));
      }),
    );
  });
});
