import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  buildProductTree,
  listCofactorRemainders,
  listRemainders,
  productOf,
} from '../../../src/x509/keys/product-tree.js';

const numbers = fc.array(fc.bigInt({ min: 2n, max: 2n ** 80n }), { minLength: 1, maxLength: 40 });
const multiply = (factors: readonly bigint[]) => factors.reduce((product, factor) => product * factor, 1n);

describe('a product tree', () => {
  it('has the product on top', () => {
    fc.assert(
      fc.property(numbers, (all) => {
        expect(productOf(buildProductTree(all))).toBe(multiply(all));
      }),
    );
  });

  it('divides by each number at once', () => {
    fc.assert(
      fc.property(numbers, fc.bigInt({ min: 0n, max: 2n ** 3000n }), (all, dividend) => {
        expect(listRemainders(dividend, buildProductTree(all))).toEqual(all.map((each) => dividend % each));
      }),
    );
  });

  it('leaves of the others what they leave one by one', () => {
    fc.assert(
      fc.property(numbers, (all) => {
        const expected = all.map((each, i) => multiply([...all.slice(0, i), ...all.slice(i + 1)]) % each);
        expect(listCofactorRemainders(buildProductTree(all))).toEqual(expected);
      }),
    );
  });
});
