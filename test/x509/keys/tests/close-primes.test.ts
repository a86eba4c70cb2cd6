import { generatePrimeSync } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { integerSquareRoot } from '../../../../src/x509/keys/square-root.js';
import { closePrimes, FERMAT_ROUNDS } from '../../../../src/x509/keys/tests/close-primes.js';
import WEAK_KEYS from '../../../fixtures/weak-keys.json' with { type: 'json' };
import { readRsaKey } from '../read-key.js';

const prime = (bits: number) => generatePrimeSync(bits, { bigint: true });

describe('closePrimes', () => {
  it.each(WEAK_KEYS.closePrimes)('looks for primes that take $increments steps', ({ n, increments }) => {
    const fault = closePrimes.run(readRsaKey(BigInt(`0x${n}`)));
    expect(fault?.id).toBe(increments <= FERMAT_ROUNDS ? 'close-primes-key' : undefined);
  });

  it('calls equal primes equal', () => {
    expect(closePrimes.run(readRsaKey(prime(512) ** 2n))?.text).toMatch(/two equal primes/);
  });

  it('finds primes that differ in their low half', () => {
    const high = prime(512) >> 256n;
    const near = (low: bigint) => (high << 256n) + low;
    const modulus = near(2n ** 128n + 1n) * near(2n ** 200n + 3n);
    expect(closePrimes.run(readRsaKey(modulus))?.text).toMatch(/too close together/);
  });

  it('finds what each step of the method without sieves finds', () => {
    const odd = (bits: bigint) => fc.bigInt({ min: 0n, max: 2n ** bits }).map((half) => 2n * half + 1n);
    fc.assert(
      fc.property(odd(300n), odd(158n), (factor, gap) => {
        const modulus = factor * (factor + gap - 1n);
        expect(closePrimes.run(readRsaKey(modulus)) !== null).toBe(isFoundByFermat(modulus));
      }),
    );
  });

  it.each([2n, 3n, 5n, 7n, 15n, 21n, 33n, 0n, 1n])('does not stumble over the modulus %s', (modulus) => {
    expect(() => closePrimes.run(readRsaKey(modulus))).not.toThrow();
  });

  it('does not take a prime for a product', () => {
    expect(closePrimes.run(readRsaKey(7n))).toBeNull();
    expect(closePrimes.run(readRsaKey(prime(64)))).toBeNull();
  });
});

function isFoundByFermat(modulus: bigint): boolean {
  const floor = integerSquareRoot(modulus);
  const first = floor ** 2n === modulus ? floor : floor + 1n;
  for (let step = 0n; step <= FERMAT_ROUNDS; step++) {
    const square = (first + step) ** 2n - modulus;
    const root = integerSquareRoot(square);
    if (root * root === square && first + step - root !== 1n) return modulus >= 4n;
  }
  return false;
}
