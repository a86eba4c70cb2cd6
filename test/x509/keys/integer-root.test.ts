import fc from 'fast-check';
import { expect, it } from 'vitest';
import { integerRoot } from '../../../src/x509/keys/integer-root.js';

it('finds the largest integer whose power is not above the number', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 1n, max: 2n ** 2048n }), fc.integer({ min: 2, max: 200 }), (n, degree) => {
      const root = integerRoot(n, degree);
      expect(root ** BigInt(degree) <= n && (root + 1n) ** BigInt(degree) > n).toBe(true);
    }),
  );
});

it('finds the root of a power', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 1n, max: 2n ** 300n }), fc.integer({ min: 2, max: 40 }), (root, degree) => {
      expect(integerRoot(root ** BigInt(degree), degree)).toBe(root);
      expect(integerRoot((root + 1n) ** BigInt(degree) - 1n, degree)).toBe(root);
    }),
  );
});
