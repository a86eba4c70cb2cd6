import { describe, expect, it } from 'vitest';
import { DerError } from '../../src/x509/der-error.js';
import { makeKeyDerivationBudget } from '../../src/x509/key-derivation-budget.js';
import { derivePkcs12Key, encodePkcs12Password } from '../../src/x509/pkcs12-key.js';

const derive = (iterations: number, length = 24, budget = makeKeyDerivationBudget()) =>
  derivePkcs12Key(
    encodePkcs12Password('smeg'),
    'key',
    { hash: 'sha1', salt: Buffer.from('0a58cf64530d823f', 'hex'), iterations },
    length,
    budget,
  );

describe('derivePkcs12Key', () => {
  it('encodes passwords as UTF-16 with a zero at the end', () => {
    expect(encodePkcs12Password('aé').toString('hex')).toBe('006100e90000');
  });

  it('derives the key that other software derives', () => {
    // A vector that implementations of PKCS#12 have handed around since 1999.
    expect(derive(1).toString('hex')).toBe('8aaae6297b6cb04642ab5b077851284eb7128f1a2a7fbca3');
  });

  it('refuses counts that would take for ever, and none', () => {
    expect(() => derive(2_000_001)).toThrow('more than 10,000,000 iterations');
    expect(() => derive(0)).toThrow(DerError);
    const budget = makeKeyDerivationBudget();
    derive(1000, 20, budget);
    expect(budget.iterations).toBe(10_000_000 - 5000);
  });
});
