import { describe, expect, it } from 'vitest';
import {
  type AnnotationField,
  formatWaiverValue,
  readAnnotationFacts,
} from '../../src/model/annotation-fact.js';

const WAIVED = { owner: 'ops', reason: 'old', until: '2027-01-01T00:00:00.000Z' };

const fact = (field: AnnotationField, value: string | null, name = '') => ({ field, name, value });

describe('facts of a subject', () => {
  it('are put together, and what was taken away left out', () => {
    const said = readAnnotationFacts([
      fact('owner', 'Jane'),
      fact('notes', null),
      fact('unused', 'no'),
      fact('order', '7'),
      fact('tag', 'prod', 'prod'),
      fact('tag', 'Lab', 'lab'),
      fact('tag', null, 'gone'),
      fact('waiver', formatWaiverValue(WAIVED), 'expired'),
    ]);
    expect(said).toEqual({
      owner: 'Jane',
      notes: null,
      unused: false,
      tags: ['Lab', 'prod'],
      waivers: [{ finding: 'expired', ...WAIVED }],
    });
  });

  it.each(['', '{', 'null', '7', '[]', '{"owner":"a","reason":"b"}', '{"owner":1,"reason":2,"until":3}'])(
    'accept nothing by what is no waiver: %j',
    (value) => {
      expect(readAnnotationFacts([fact('waiver', value, 'expired')]).waivers).toEqual([]);
    },
  );

  it('accept nothing until a day that is none', () => {
    const value = formatWaiverValue({ ...WAIVED, until: 'some day' });
    expect(readAnnotationFacts([fact('waiver', value, 'expired')]).waivers).toEqual([]);
  });
});
