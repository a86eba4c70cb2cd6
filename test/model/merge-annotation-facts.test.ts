import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isLaterFact, mergeAnnotationFacts } from '../../src/model/merge-annotation-facts.js';
import { arbitraryAnnotationFacts } from './arbitrary-annotation-facts.js';

describe('merging annotations', () => {
  it('gives the same whatever comes first, and however often', () => {
    const facts = arbitraryAnnotationFacts();
    fc.assert(
      fc.property(facts, facts, facts, (a, b, c) => {
        const all = mergeAnnotationFacts(a, b, c);
        expect(mergeAnnotationFacts(c, b, a)).toEqual(all);
        expect(mergeAnnotationFacts(mergeAnnotationFacts(a, b), c)).toEqual(all);
        expect(mergeAnnotationFacts(a, mergeAnnotationFacts(b, c))).toEqual(all);
        expect(mergeAnnotationFacts(all, a, all)).toEqual(all);
      }),
    );
  });

  it.each([
    ['a later value', 2, 'a', 1, 'b', true],
    ['an earlier value', 1, 'b', 2, 'a', false],
    ['a later removal', 2, null, 1, 'b', true],
    ['a value against its removal at the same moment', 1, 'a', 1, null, true],
    ['a removal against a value at the same moment', 1, null, 1, 'a', false],
    ['the greater value at the same moment', 1, 'b', 1, 'a', true],
    ['the longer value at the same moment', 1, 'ab', 1, 'a', true],
    ['a character beyond 16 bits against one of them', 1, '😀', 1, '\uff21', true],
    ['the same again', 1, 'a', 1, 'a', false],
  ])('%s', (_name, changedAt, value, otherAt, other, isLater) => {
    const fact = { subject: 's', field: 'owner' as const, name: '' };
    expect(isLaterFact({ ...fact, changedAt, value }, { ...fact, changedAt: otherAt, value: other })).toBe(
      isLater,
    );
  });
});
