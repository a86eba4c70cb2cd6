import fc from 'fast-check';
import { expect, it } from 'vitest';
import { multiplyAll } from '../../../src/x509/keys/multiply-all.js';

it('is the product, in whatever order', () => {
  fc.assert(
    fc.property(fc.array(fc.bigInt()), (factors) => {
      expect(multiplyAll(factors)).toBe(factors.reduce((product, factor) => product * factor, 1n));
    }),
  );
});
