import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  type IntervalList,
  joinIntervalList,
  subtractIntervalList,
} from '../../src/targets/interval-list.js';

const pairs = fc
  .array(fc.tuple(fc.nat(40), fc.nat(6)), { maxLength: 8 })
  .map((intervals) => intervals.flatMap(([first, length]) => [first, first + length]));

function members(list: IntervalList): Set<number> {
  const found = new Set<number>();
  for (let index = 0; index < list.length; index += 2) {
    for (let value = list[index] ?? 0; value <= (list[index + 1] ?? 0); value += 1) found.add(value);
  }
  return found;
}

function expectSortedAndApart(list: IntervalList): void {
  for (let index = 0; index < list.length; index += 2) {
    expect(list[index + 1]).toBeGreaterThanOrEqual(list[index] ?? 0);
    if (index > 0) expect(list[index]).toBeGreaterThan((list[index - 1] ?? 0) + 1);
  }
}

test('joined intervals have the same members, sorted and apart', () => {
  fc.assert(
    fc.property(pairs, (list) => {
      const joined = joinIntervalList(list);
      expectSortedAndApart(joined);
      expect(members(joined)).toEqual(members(list));
    }),
  );
});

test('subtracting leaves what is in the one and not in the other', () => {
  fc.assert(
    fc.property(pairs, pairs, (a, b) => {
      const left = subtractIntervalList(joinIntervalList(a), joinIntervalList(b));
      expectSortedAndApart(left);
      const taken = members(b);
      expect(members(left)).toEqual(new Set([...members(a)].filter((value) => !taken.has(value))));
    }),
    { numRuns: 500 },
  );
});
