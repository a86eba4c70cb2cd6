import { describe, expect, it } from 'vitest';
import { formatProgress, formatSeconds } from '../../../src/cli/print/progress.js';

describe('formatProgress', () => {
  it.each([
    {
      name: 'half way',
      counts: { done: 59_000, total: 131_072, found: 1200, failing: 3 },
      perSecond: 1980.4,
      elapsedMs: 29_500,
      line: '59,000/131,072 (45%), 1,980/s, ETA 0:36, found 1,200, failing 3',
    },
    {
      name: 'before anything is done',
      counts: { done: 0, total: 10, found: 0, failing: 0 },
      perSecond: 0,
      elapsedMs: 100,
      line: '0/10 (0%), 0/s, ETA ?, found 0, failing 0',
    },
    {
      name: 'at the end',
      counts: { done: 10, total: 10, found: 1, failing: 1 },
      perSecond: 100,
      elapsedMs: 100,
      line: '10/10 (100%), 100/s, ETA 0:00, found 1, failing 1',
    },
  ])('$name', ({ counts, perSecond, elapsedMs, line }) => {
    expect(formatProgress(counts, perSecond, elapsedMs)).toBe(line);
  });
});

describe('formatSeconds', () => {
  it.each([
    [0, '0:00'],
    [36.4, '0:36'],
    [725, '12:05'],
    [10_800, '3:00:00'],
    [-1, '0:00'],
  ])('%d s is %s', (seconds, text) => {
    expect(formatSeconds(seconds)).toBe(text);
  });
});
