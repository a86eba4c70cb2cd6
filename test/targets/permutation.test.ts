import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createPermutation, MAX_PERMUTATION_SIZE } from '../../src/targets/permutation.js';

function orderOf(size: number, seed: string, count = size): number[] {
  const permutation = createPermutation(size, seed);
  return Array.from({ length: count }, (_, place) => permutation.numberAt(place));
}

describe('a permutation', () => {
  test('of every small size visits each number once', () => {
    for (let size = 1; size <= 400; size += 1) {
      const seen = new Set(orderOf(size, `seed ${size % 7}`));
      expect(seen.size).toBe(size);
      expect(Math.max(...seen)).toBe(size - 1);
      expect(Math.min(...seen)).toBe(0);
    }
  });

  test.each([4096, 4097, 65_535, 99_991, 131_072])('of %i visits each number once', (size) => {
    const visits = new Uint8Array(size);
    for (const value of orderOf(size, 'seed')) visits[value] = (visits[value] ?? 0) + 1;
    expect(visits.every((count) => count === 1)).toBe(true);
  });

  test('of any large size stays inside and repeats nothing among samples', () => {
    const size = fc.integer({ min: 2 ** 20, max: MAX_PERMUTATION_SIZE });
    fc.assert(
      fc.property(size, fc.string(), fc.double({ min: 0, max: 1, noNaN: true }), (count, seed, where) => {
        const permutation = createPermutation(count, seed);
        const start = Math.floor(where * (count - 2000));
        const values = Array.from({ length: 2000 }, (_, index) => permutation.numberAt(start + index));
        expect(new Set(values).size).toBe(values.length);
        expect(values.every((value) => Number.isSafeInteger(value) && value >= 0 && value < count)).toBe(
          true,
        );
      }),
      { numRuns: 50 },
    );
  });

  test('knows the place of every number, whatever its size', () => {
    for (let size = 1; size <= 300; size += 1) {
      const permutation = createPermutation(size, `seed ${size % 7}`);
      for (let place = 0; place < size; place += 1) {
        expect(permutation.placeOf(permutation.numberAt(place))).toBe(place);
      }
    }
    const anySize = fc.integer({ min: 1, max: MAX_PERMUTATION_SIZE });
    fc.assert(
      fc.property(anySize, fc.string(), fc.double({ min: 0, max: 1, noNaN: true }), (size, seed, where) => {
        const permutation = createPermutation(size, seed);
        const some = Math.floor(where * (size - 1));
        expect(permutation.placeOf(permutation.numberAt(some))).toBe(some);
        expect(permutation.numberAt(permutation.placeOf(some))).toBe(some);
      }),
      { numRuns: 500 },
    );
  });

  test('depends on its seed alone', () => {
    expect(orderOf(1000, 'a')).toEqual(orderOf(1000, 'a'));
    expect(orderOf(1000, 'a')).not.toEqual(orderOf(1000, 'b'));
  });

  test('is the same on every machine and in every version', () => {
    expect(orderOf(1_000_000, 'certsweep', 5)).toEqual([729_744, 63_266, 432_665, 793_369, 635_272]);
  });

  test('spreads neighbours: each 256th part gets its share of the first numbers', () => {
    const parts = new Uint32Array(256);
    for (const value of orderOf(2 ** 24, 'seed', 25_600)) {
      const part = value >>> 16;
      parts[part] = (parts[part] ?? 0) + 1;
    }
    // A hundred each are to be expected, and ten is the standard deviation.
    expect(Math.min(...parts)).toBeGreaterThan(50);
    expect(Math.max(...parts)).toBeLessThan(150);
  });

  test.each([0, -1, 1.5, Number.NaN, MAX_PERMUTATION_SIZE + 1])('has no size %d', (size) => {
    expect(() => createPermutation(size, 'seed')).toThrow(RangeError);
  });
});
