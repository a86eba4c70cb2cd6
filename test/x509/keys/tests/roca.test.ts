import { describe, expect, it } from 'vitest';
import { roca } from '../../../../src/x509/keys/tests/roca.js';
import WEAK_KEYS from '../../../fixtures/weak-keys.json' with { type: 'json' };
import { readRsaKey } from '../read-key.js';

describe('roca', () => {
  it.each(WEAK_KEYS.roca)('is $exact about a key of $bits bits whose mark is $marker', ({ n, exact }) => {
    expect(roca.run(readRsaKey(BigInt(`0x${n}`)))?.id).toBe(exact ? 'roca-key' : undefined);
  });

  it('is milder about keys too long to be factored in practice', () => {
    const [first, second] = WEAK_KEYS.roca.filter(({ bits, exact }) => exact && bits === 2048);
    const product = BigInt(`0x${first?.n}`) * BigInt(`0x${second?.n}`);
    expect(roca.run(readRsaKey(BigInt(`0x${first?.n}`)))?.severity).toBe('critical');
    expect(roca.run(readRsaKey(product))?.severity).toBe('high');
  });

  it.each([0n, 1n, 2n])('passes over the modulus %s or calls it a power', (modulus) => {
    expect(() => roca.run(readRsaKey(modulus))).not.toThrow();
  });
});
