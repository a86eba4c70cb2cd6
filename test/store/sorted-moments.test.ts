import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countMoments, countMomentsBefore, encodeSortedMoments } from '../../src/store/sorted-moments.js';

describe('moments in a row', () => {
  it('tell how many are before another one', () => {
    const moments = fc.array(fc.integer({ min: 0, max: Date.UTC(9999, 11, 31, 23, 59, 59) }));
    fc.assert(
      fc.property(moments, fc.integer({ min: 0, max: Date.UTC(9999, 11, 31) }), (all, moment) => {
        const sorted = [...all].sort((a, b) => a - b);
        const bytes = encodeSortedMoments(sorted);
        expect(countMoments(bytes)).toBe(all.length);
        for (const each of [moment, ...all])
          expect(countMomentsBefore(bytes, each)).toBe(all.filter((other) => other < each).length);
      }),
    );
  });

  it('begin in 1970', () => {
    const bytes = encodeSortedMoments([-5, 10]);
    expect(countMomentsBefore(bytes, 1)).toBe(1);
  });
});
