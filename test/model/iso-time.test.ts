import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatIsoTime } from '../../src/model/iso-time.js';

describe('times as text', () => {
  it.each([
    ['the beginning', 0],
    ['the last moment before it', -1],
    ['a leap day', Date.UTC(2024, 1, 29, 23, 59, 59, 999)],
    ['the end of years of four digits', Date.UTC(9999, 11, 31, 23, 59, 59, 999)],
    ['years of six digits', Date.UTC(10_000, 0, 1)],
    ['a time before our era', Date.UTC(-1, 0, 1)],
    ['the last moment that dates have', 8_640_000_000_000_000],
    ['the first moment that dates have', -8_640_000_000_000_000],
  ])('are those of dates at %s', (_, milliseconds) => {
    expect(formatIsoTime(milliseconds)).toBe(new Date(milliseconds).toISOString());
  });

  it('are those of dates at any moment', () => {
    fc.assert(
      fc.property(fc.integer({ min: -8.64e15, max: 8.64e15 }), (milliseconds) => {
        expect(formatIsoTime(milliseconds)).toBe(new Date(milliseconds).toISOString());
      }),
    );
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY, 8.64e15 + 86_400_000])(
    'throws at %d, as dates do',
    (milliseconds) => {
      expect(() => formatIsoTime(milliseconds)).toThrow(RangeError);
    },
  );
});
