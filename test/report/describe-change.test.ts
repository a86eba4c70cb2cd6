import { describe, expect, it } from 'vitest';
import { CHANGE_KINDS } from '../../src/model/change.js';
import { CHANGE_TITLES, describeChange } from '../../src/report/describe-change.js';
import { APPEARED, makeChange, makeChangeSide } from './sample-change.js';

describe('describeChange', () => {
  it('has a title for each kind', () => {
    expect(Object.keys(CHANGE_TITLES)).toEqual([...CHANGE_KINDS]);
  });

  it.each([
    ['certificates', makeChange(), 'old.example 2026-12-04', 'new.example 2026-12-04'],
    ['a finding that appeared', APPEARED, '', 'expiring (medium)'],
    ['one that was resolved', { ...APPEARED, kind: 'finding-resolved' as const }, 'expiring (medium)', ''],
    ['grades', makeChange({ kind: 'regraded', before: makeChangeSide('leaf', { grade: 'B' }) }), 'B', 'A'],
    [
      'an endpoint that was not asked',
      makeChange({ kind: 'new', before: null }),
      '',
      'new.example 2026-12-04',
    ],
    [
      'what answers without one',
      makeChange({ kind: 'gone', after: makeChangeSide('x', { leaf: null, outcome: 'refused' }) }),
      'old.example 2026-12-04',
      'refused',
    ],
    [
      'one that cannot be read, by its fingerprint',
      makeChange({ after: makeChangeSide('x', { leaf: 'ab'.repeat(32), certificate: null }) }),
      'old.example 2026-12-04',
      'ab'.repeat(8),
    ],
  ])('tells both sides of %s', (_, change, before, after) => {
    expect(describeChange(change).slice(1, 3)).toEqual([before, after]);
  });
});
