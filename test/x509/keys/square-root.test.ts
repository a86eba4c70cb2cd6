import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exactSquareRoot, integerSquareRoot } from '../../../src/x509/keys/square-root.js';

const numbers = fc.oneof(
  fc.bigInt({ min: 0n, max: 1000n }),
  fc.bigInt({ min: 0n, max: 2n ** 60n }),
  fc.bigInt({ min: 0n, max: 2n ** 700n }),
  fc.bigInt({ min: 0n, max: 2n ** 8192n }),
);

describe('integerSquareRoot', () => {
  it('is the largest integer whose square is not above the number', () => {
    fc.assert(
      fc.property(numbers, (n) => {
        const root = integerSquareRoot(n);
        expect(root * root <= n && (root + 1n) * (root + 1n) > n).toBe(true);
      }),
    );
  });
});

describe('exactSquareRoot', () => {
  it('finds the root of every square, and none of its neighbours', () => {
    fc.assert(
      fc.property(
        numbers.filter((root) => root > 1n),
        (root) => {
          expect(exactSquareRoot(root * root)).toBe(root);
          expect(exactSquareRoot(root * root + 1n)).toBeNull();
          expect(exactSquareRoot(root * root - 1n)).toBeNull();
        },
      ),
    );
    expect(exactSquareRoot(-4n)).toBeNull();
  });
});
