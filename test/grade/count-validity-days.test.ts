import { describe, expect, it } from 'vitest';
import { countValidityDays } from '../../src/grade/count-validity-days.js';

const DAY_MS = 86_400_000;

describe('countValidityDays', () => {
  it.each([
    ['398 days to the second, both ends counted', 398 * DAY_MS - 1000, 398],
    ['one second more starts a new day', 398 * DAY_MS, 399],
  ])('%s', (_, length, days) => {
    expect(countValidityDays(0, length)).toBe(days);
  });
});
