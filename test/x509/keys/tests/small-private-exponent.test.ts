import { generatePrimeSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { smallPrivateExponent } from '../../../../src/x509/keys/tests/small-private-exponent.js';
import WEAK_KEYS from '../../../fixtures/weak-keys.json' with { type: 'json' };
import { readRsaKey } from '../read-key.js';

const number = (hex: string | undefined) => BigInt(`0x${hex}`);

/** A key whose private exponent is a prime of so many bits. */
function keyFor(privateBits: number) {
  const prime = (bits: number) => generatePrimeSync(bits, { bigint: true });
  const [p, q, d] = [prime(512), prime(512), prime(privateBits)];
  const phi = (p - 1n) * (q - 1n);
  let [a, b, u, v] = [d, phi, 1n, 0n];
  while (b !== 0n) [a, b, u, v] = [b, a % b, v, u - (a / b) * v];
  return readRsaKey(p * q, ((u % phi) + phi) % phi);
}

describe('smallPrivateExponent', () => {
  it.each(WEAK_KEYS.smallPrivateExponent)('finds the one of the known key', ({ n, e }) => {
    expect(smallPrivateExponent.run(readRsaKey(number(n), number(e)))?.id).toBe('weak-rsa-exponent');
    expect(smallPrivateExponent.run(readRsaKey(number(n), 65_537n))).toBeNull();
  });

  it.each([8, 64, 200, 250])('finds one of %s bits', (bits) => {
    expect(smallPrivateExponent.run(keyFor(bits))?.severity).toBe('critical');
  });

  it('does not find one of half the length', () => {
    expect(smallPrivateExponent.run(keyFor(512))).toBeNull();
  });

  it.each<[bigint, bigint]>([
    [0n, 0n],
    [1n, 1n],
    [3n, 2n],
    [2n ** 512n, 2n ** 512n - 1n],
    [2n ** 8192n + 1n, 2n ** 8192n],
  ])('does not stumble over odd numbers', (modulus, exponent) => {
    expect(() => smallPrivateExponent.run(readRsaKey(modulus, exponent))).not.toThrow();
  });
});
