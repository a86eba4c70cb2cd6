import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { FingerprintSet } from '../../src/report/fingerprint-set.js';

it('takes each value once, many of them', () => {
  const set = new FingerprintSet();
  const hashes = Array.from({ length: 20_000 }, (_, i) =>
    createHash('sha256').update(String(i)).digest('hex'),
  );
  for (const hash of hashes) expect(set.add(hash)).toBe(true);
  for (const hash of hashes) expect(set.add(hash)).toBe(false);
  expect(set.size).toBe(20_000);
});

it('tells values apart that begin or end alike', () => {
  const set = new FingerprintSet();
  const values = ['0', '1', '2'].flatMap((digit) => [
    `${'a'.repeat(63)}${digit}`,
    `${digit}${'a'.repeat(63)}`,
    `${digit}b`.repeat(32),
  ]);
  for (const value of values) expect(set.add(value)).toBe(true);
});

it('knows zero and values that begin alike', () => {
  const set = new FingerprintSet();
  expect([
    set.add('0'.repeat(64)),
    set.add('0'.repeat(64)),
    set.add(`${'0'.repeat(24)}2${'0'.repeat(39)}`),
  ]).toEqual([true, false, true]);
});
