import { generatePrimeSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
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

  it.each([2n, 3n, 5n, 7n, 15n, 21n, 33n, 0n, 1n])('does not stumble over the modulus %s', (modulus) => {
    expect(() => closePrimes.run(readRsaKey(modulus))).not.toThrow();
  });

  it('does not take a prime for a product', () => {
    expect(closePrimes.run(readRsaKey(7n))).toBeNull();
    expect(closePrimes.run(readRsaKey(prime(64)))).toBeNull();
  });
});
