import fc from 'fast-check';
import { expect, it } from 'vitest';
import { gcd } from '../../../src/x509/keys/gcd.js';

const number = fc.bigInt({ min: 1n, max: 2n ** 200n });

it('divides both numbers and leaves nothing in common', () => {
  fc.assert(
    fc.property(number, number, number, (a, b, factor) => {
      const common = gcd(a * factor, b * factor);
      expect(common % factor).toBe(0n);
      expect(gcd((a * factor) / common, (b * factor) / common)).toBe(1n);
    }),
  );
});

it('takes 0 as a multiple of everything', () => {
  expect(gcd(0n, 5n)).toBe(5n);
  expect(gcd(5n, 0n)).toBe(5n);
});
