import { describe, expect, it } from 'vitest';
import { formatDays, formatTime } from '../../src/model/time.js';

const DAY_MS = 86_400_000;

describe('formatTime', () => {
  it('writes UTC to the second', () => {
    expect(formatTime(Date.UTC(2026, 11, 10, 12, 0, 5, 999))).toBe('2026-12-10 12:00:05 UTC');
  });
});

describe('formatDays', () => {
  it.each([
    [DAY_MS - 1, 'less than a day'],
    [DAY_MS, '1 day'],
    [30 * DAY_MS - 1, '29 days'],
  ])('writes %d ms as %s', (duration, text) => {
    expect(formatDays(duration)).toBe(text);
  });
});
