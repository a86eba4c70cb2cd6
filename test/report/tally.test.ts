import { expect, it } from 'vitest';
import { Tally } from '../../src/report/tally.js';

it('names the most frequent first, and counts the rest', () => {
  const tally = new Tally();
  for (const name of ['a', 'b', 'b', 'c', 'c', 'c', '__proto__']) tally.add(name);
  expect(tally.top(2)).toEqual({
    counts: [
      { name: 'c', count: 3 },
      { name: 'b', count: 2 },
    ],
    others: 2,
  });
  expect(tally.count('b')).toBe(2);
  expect(tally.count('z')).toBe(0);
});

it('keeps a bounded number of names, and loses nothing in the sum', () => {
  const tally = new Tally();
  for (let i = 0; i < 25_000; i += 1) tally.add(`CA ${i}`);
  const { counts, others } = tally.top(8);
  expect(counts).toHaveLength(8);
  expect(others).toBe(25_000 - 8);
});
