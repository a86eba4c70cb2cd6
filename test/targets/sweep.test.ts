import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findStretch, NO_COVER, sweep } from '../../src/targets/sweep.js';

const entries = fc.array(
  fc.record({ first: fc.nat(30), length: fc.nat(8), group: fc.nat(4) }).map(({ first, length, group }) => ({
    first,
    last: first + length,
    group,
  })),
  { maxLength: 12 },
);

test('stretches are sorted, disjoint, and covered throughout by the same groups', () => {
  fc.assert(
    fc.property(entries, (list) => {
      const asked: string[] = [];
      const stretches = sweep(
        {
          firsts: Uint32Array.from(list, ({ first }) => first),
          lasts: Uint32Array.from(list, ({ last }) => last),
          groups: Uint32Array.from(list, ({ group }) => group),
        },
        (groups) => (groups.join() === '0' ? NO_COVER : asked.push(groups.join()) - 1),
      );
      expect(new Set(asked).size).toBe(asked.length);
      for (let position = 0; position < 45; position += 1) {
        const groups = [
          ...new Set(
            list.filter(({ first, last }) => first <= position && position <= last).map(({ group }) => group),
          ),
        ].sort();
        const stretch = findStretch(stretches, position);
        const found = stretch === -1 ? '' : asked[stretches.covers[stretch] ?? -1];
        expect(found).toBe(groups.join() === '0' ? '' : groups.join());
      }
    }),
    { numRuns: 500 },
  );
});

test('reaches both ends of 32 bits', () => {
  const last = 2 ** 32 - 1;
  const ends = {
    firsts: Uint32Array.of(0, last),
    lasts: Uint32Array.of(last, last),
    groups: Uint32Array.of(0, 1),
  };
  expect(sweep(ends, (groups) => groups.length)).toEqual({
    firsts: Uint32Array.of(0, last),
    lasts: Uint32Array.of(last - 1, last),
    covers: Uint32Array.of(1, 2),
  });
});
