import { describe, expect, it } from 'vitest';
import {
  type AnnotationEdit,
  listAnnotationChanges,
  MAX_NOTES_LENGTH,
  MAX_OWNER_LENGTH,
  MAX_TAG_LENGTH,
} from '../../src/model/annotation-edit.js';
import { UsageError } from '../../src/model/usage-error.js';

const waiver = { finding: 'expired', owner: 'ops', reason: 'old', until: '2027-01-01T23:59:59.999Z' };

describe('edits of annotations', () => {
  it('are written entry by entry, tags by their folded letters', () => {
    const edit: AnnotationEdit = {
      owner: '  Jane   Doe ',
      notes: 'one\ntwo',
      unused: false,
      order: 3,
      addTags: ['LAB', 'needs  review'],
      removeTags: ['Prod'],
      waivers: [waiver],
      endWaivers: ['expiring'],
    };
    const subject = 'rule name:x';
    expect(listAnnotationChanges(subject, edit)).toEqual([
      { subject, field: 'owner', name: '', value: 'Jane Doe' },
      { subject, field: 'notes', name: '', value: 'one\ntwo' },
      { subject, field: 'unused', name: '', value: 'no' },
      { subject, field: 'order', name: '', value: '3' },
      { subject, field: 'tag', name: 'lab', value: 'LAB' },
      { subject, field: 'tag', name: 'needs review', value: 'needs review' },
      { subject, field: 'tag', name: 'prod', value: null },
      {
        subject,
        field: 'waiver',
        name: 'expired',
        value: '{"owner":"ops","reason":"old","until":"2027-01-01T23:59:59.999Z"}',
      },
      { subject, field: 'waiver', name: 'expiring', value: null },
    ]);
  });

  it.each<[string, AnnotationEdit, string]>([
    ['an empty owner', { owner: ' ' }, 'owner: it is empty'],
    ['a long owner', { owner: 'x'.repeat(MAX_OWNER_LENGTH + 1) }, 'owner: it has 201 characters'],
    ['an owner of two lines', { owner: 'a\u001b[2Jb' }, 'owner: it has control characters'],
    ['a long note', { notes: 'x'.repeat(MAX_NOTES_LENGTH + 1) }, '4000 are the most'],
    ['a note with NUL', { notes: 'a\0b' }, 'characters that are no text'],
    ['half of a character', { notes: 'a\ud83d' }, 'characters that are no text'],
    ['a long tag', { addTags: ['x'.repeat(MAX_TAG_LENGTH + 1)] }, 'tag: it has 65 characters'],
    ['a tag that is two', { addTags: ['a;b'] }, 'commas or semicolons'],
    ['a tag added and removed', { addTags: ['Lab'], removeTags: ['lab'] }, 'tag Lab: it cannot be added'],
    ['a waiver without a reason', { waivers: [{ ...waiver, reason: '' }] }, 'reason: it is empty'],
    ['a waiver without an end', { waivers: [{ ...waiver, until: 'some day' }] }, '"some day" is no moment'],
    ['an order of an endpoint', { order: 1 }, 'only rules have an order'],
  ])('refuses %s', (_name, edit, message) => {
    expect(() => listAnnotationChanges('endpoint []', edit)).toThrow(UsageError);
    expect(() => listAnnotationChanges('endpoint []', edit)).toThrow(message);
  });
});
