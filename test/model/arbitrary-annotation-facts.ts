import fc from 'fast-check';
import { ANNOTATION_FIELDS, type AnnotationFact } from '../../src/model/annotation-fact.js';
import { mergeAnnotationFacts } from '../../src/model/merge-annotation-facts.js';

const VALUES = ['a', 'b', 'ab', 'Ärger', '😀', '\uff21', '', '{"owner":1}'];

/** What an inventory says: few subjects and moments, so that they meet; one value of each field. */
export function arbitraryAnnotationFacts(): fc.Arbitrary<AnnotationFact[]> {
  return fc
    .array(
      fc.record({
        subject: fc.constantFrom('endpoint a', 'rule name:x', `certificate ${'ab'.repeat(32)}`),
        field: fc.constantFrom(...ANNOTATION_FIELDS),
        name: fc.constantFrom('', 'lab', 'prod'),
        value: fc.option(fc.constantFrom(...VALUES)),
        changedAt: fc.integer({ min: 0, max: 3 }),
      }),
      { maxLength: 20 },
    )
    .map((facts) => mergeAnnotationFacts(facts));
}
