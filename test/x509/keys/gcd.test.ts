import fc from 'fast-check';
import { expect, it } from 'vitest';
import { gcd } from '../../../src/x509/keys/gcd.js';

const number = fc.oneof(
  fc.bigInt({ min: 1n, max: 2n ** 200n }),
  fc.bigInt({ min: 1n, max: 2n ** 2500n }),
  // Long runs of zeros and ones, and lengths on both sides of a limb's.
  fc.tuple(fc.integer({ min: 0, max: 1200 }), fc.integer({ min: -2, max: 2 })).map(([bits, more]) => {
    const near = 2n ** BigInt(bits) + BigInt(more);
    return near > 0n ? near : 1n;
  }),
);

it('divides both numbers and leaves nothing in common', () => {
  fc.assert(
    fc.property(number, number, number, (a, b, factor) => {
      const common = gcd(a * factor, b * factor);
      expect(common % factor).toBe(0n);
      expect(gcd((a * factor) / common, (b * factor) / common)).toBe(1n);
    }),
  );
});

it('is what Euclid finds', () => {
  fc.assert(
    fc.property(number, number, (a, b) => {
      expect(gcd(a, b)).toBe(euclid(a, b));
    }),
  );
});

it('takes 0 as a multiple of everything', () => {
  const long = 3n ** 1000n;
  expect(gcd(0n, 0n)).toBe(0n);
  for (const n of [1n, 5n, long]) {
    expect(gcd(0n, n)).toBe(n);
    expect(gcd(n, 0n)).toBe(n);
    expect(gcd(n, n)).toBe(n);
  }
});

it('finds its way where each quotient is 1, or where each is long', () => {
  let [a, b] = [1n, 1n];
  for (let at = 0; at < 3000; at++) [a, b] = [a + b, a];
  expect(gcd(a * 7n, b * 7n)).toBe(7n);
  let [x, y] = [1n, 0n];
  for (let at = 0; at < 60; at++) [x, y] = [(2n ** 40n + BigInt(at)) * x + y, x];
  expect(gcd(x * 11n, y * 11n)).toBe(11n);
});

function euclid(a: bigint, b: bigint): bigint {
  return b === 0n ? a : euclid(b, a % b);
}
