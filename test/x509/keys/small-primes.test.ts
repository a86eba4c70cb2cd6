import { expect, it } from 'vitest';
import { productOfSmallPrimes, smallPrimes } from '../../../src/x509/keys/small-primes.js';

it('has the 6,543 primes up to 65,537, and their product of 94,043 bits', () => {
  expect(smallPrimes()).toHaveLength(6543);
  expect(smallPrimes().slice(0, 5)).toEqual([2, 3, 5, 7, 11]);
  expect(smallPrimes().at(-1)).toBe(65_537);
  expect(productOfSmallPrimes().toString(2)).toHaveLength(94_043);
});
