import { describe, expect, it } from 'vitest';
import { fitConcurrency } from '../../../src/scan/pace/fit-concurrency.js';

describe('fitConcurrency', () => {
  it.each<[string, Parameters<typeof fitConcurrency>, ReturnType<typeof fitConcurrency>]>([
    ['no limit', [2000, null], { concurrency: 2000, needed: 2628 }],
    ['a limit that is just enough', [2000, 2628], { concurrency: 2000, needed: 2628 }],
    ['a limit that is too low by one', [2000, 2627], { concurrency: 1999, needed: 2628 }],
    ['the limit of many shells', [2000, 1024], { concurrency: 716, needed: 2628 }],
    ['the limit of macOS', [250, 256], { concurrency: 102, needed: 441 }],
    ['four connections for each endpoint', [250, 1024, 4], { concurrency: 210, needed: 1191 }],
    ['a limit below the reserve', [250, 64], { concurrency: 1, needed: 441 }],
  ])('with %s', (_, words, expected) => {
    expect(fitConcurrency(...words)).toEqual(expected);
  });

  it('never asks for more than it says is needed', () => {
    for (let limit = 1; limit < 3000; limit += 7) {
      const { concurrency } = fitConcurrency(2000, limit);
      if (concurrency > 1) expect(fitConcurrency(concurrency, null).needed).toBeLessThanOrEqual(limit);
    }
  });
});
