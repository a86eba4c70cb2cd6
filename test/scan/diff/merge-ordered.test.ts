import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mergeOrdered } from '../../../src/scan/diff/merge-ordered.js';

interface Item {
  readonly key: number;
  readonly value: number;
}

const stream = fc
  .uniqueArray(fc.record({ key: fc.nat(50), value: fc.nat(2) }), { selector: ({ key }) => key })
  .map((items) => items.sort((a, b) => a.key - b.key));

function merge(before: Iterable<Item>, after: Iterable<Item>) {
  let passed = 0;
  const pairs = [
    ...mergeOrdered(
      before,
      after,
      (one, other) => one.key - other.key,
      (one, other) => one.value === other.value,
      () => {
        passed += 1;
      },
    ),
  ];
  return { pairs, passed };
}

describe('mergeOrdered', () => {
  it('pairs what differs, in order, as maps would', () => {
    fc.assert(
      fc.property(stream, stream, (before, after) => {
        const [olds, news] = [before, after].map((items) => new Map(items.map((item) => [item.key, item])));
        const keys = [...new Set([...before, ...after].map(({ key }) => key))].sort((a, b) => a - b);
        const expected = keys
          .map((key) => [olds?.get(key) ?? null, news?.get(key) ?? null])
          .filter(([old, current]) => old?.value !== current?.value);
        const { pairs, passed } = merge(before, after);
        expect(pairs).toEqual(expected);
        expect(passed).toBe(keys.filter((key) => olds?.has(key) && news?.has(key)).length);
      }),
    );
  });

  it('closes both streams when its reader has seen enough', () => {
    const closed: string[] = [];
    function* source(name: string) {
      try {
        for (let key = 0; ; key += 1) yield { key, value: name.length };
      } finally {
        closed.push(name);
      }
    }
    for (const _ of mergeOrdered(
      source('old'),
      source('current'),
      (one, other) => one.key - other.key,
      () => false,
      () => undefined,
    ))
      break;
    expect(closed).toEqual(['old', 'current']);
  });
});
