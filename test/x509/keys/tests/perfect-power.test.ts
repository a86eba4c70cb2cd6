import { generatePrimeSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { perfectPower } from '../../../../src/x509/keys/tests/perfect-power.js';
import { readRsaKey } from '../read-key.js';

const prime = (bits: number) => generatePrimeSync(bits, { bigint: true });

describe('perfectPower', () => {
  it.each([
    [3, 683],
    [5, 205],
    [7, 293],
    [31, 66],
    [127, 17],
  ])('finds a power of %s', (exponent, bits) => {
    const fault = perfectPower.run(readRsaKey(prime(bits) ** BigInt(exponent)));
    expect(fault?.text).toContain(`a power of ${exponent} equal factors`);
  });

  it('finds a power of 9 as one of 3', () => {
    expect(perfectPower.run(readRsaKey(prime(100) ** 9n))?.text).toContain('a power of 3 ');
  });

  it('does not take a number that passes every sieve for a power', () => {
    // 1 modulo all small primes.
    const modulus = 2n ** 1000n * 3n ** 400n + 1n;
    expect(perfectPower.run(readRsaKey(modulus))).toBeNull();
  });

  it('is not slow about a modulus that is made to pass every sieve', () => {
    const sieves = [
      3n,
      5n,
      7n,
      11n,
      13n,
      17n,
      19n,
      23n,
      29n,
      31n,
      37n,
      41n,
      43n,
      47n,
      53n,
      59n,
      61n,
      67n,
      71n,
    ];
    const modulus = sieves.reduce((product, each) => product * each, 2n) ** 50n + 1n;
    expect(perfectPower.run(readRsaKey(modulus))).toBeNull();
  });

  it.each([0n, 1n, 8n, 27n])('leaves small numbers such as %s to the search for small factors', (modulus) => {
    expect(perfectPower.run(readRsaKey(modulus))).toBeNull();
  });
});
