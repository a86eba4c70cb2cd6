import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type AnnotationEdit, MAX_TAGS } from '../../src/model/annotation-edit.js';
import { ANNOTATION_FIELDS } from '../../src/model/annotation-fact.js';
import type { AnnotationSubject } from '../../src/model/annotation-subject.js';
import { listAnnotations } from '../../src/store/list-annotations.js';
import { migrateDatabase } from '../../src/store/migrate-database.js';
import { saveAnnotations } from '../../src/store/save-annotations.js';
import { makeEndpoint } from './sample-observation.js';

const ENDPOINT: AnnotationSubject = { kind: 'endpoint', endpoint: makeEndpoint() };

let database: Database.Database;

beforeEach(() => {
  database = new Database(':memory:');
  migrateDatabase(database, 42);
});

afterEach(() => {
  database.close();
});

function save(edit: AnnotationEdit, at: number, ...subjects: readonly AnnotationSubject[]): number {
  return saveAnnotations(database, subjects.length === 0 ? [ENDPOINT] : subjects, edit, at);
}

function rows(): unknown[] {
  return database.prepare('select field, name, value, changed_at from annotation order by 1, 2').raw().all();
}

describe('saving annotations', () => {
  it('counts what is new, and changes nothing the second time', () => {
    expect(save({ owner: 'Jane', addTags: ['Lab'] }, 5)).toBe(1);
    expect(save({ owner: 'Jane', addTags: ['Lab'] }, 9)).toBe(0);
    expect(rows()).toEqual([
      ['owner', '', 'Jane', 5],
      ['tag', 'lab', 'Lab', 5],
    ]);
  });

  it('keeps what was taken away as such, and not what was never said', () => {
    save({ addTags: ['lab', 'prod'], owner: 'Jane' }, 5);
    expect(save({ removeTags: ['LAB', 'never'], unset: ['owner', 'notes'] }, 6)).toBe(1);
    expect(rows()).toEqual([
      ['owner', '', null, 6],
      ['tag', 'lab', null, 6],
      ['tag', 'prod', 'prod', 5],
    ]);
  });

  it('counts the last word, even where a clock ahead of ours has dated the one before', () => {
    save({ owner: 'Jane' }, 1_000);
    save({ owner: 'Joe' }, 5);
    expect(rows()).toEqual([['owner', '', 'Joe', 1_001]]);
  });

  it('says things anew and nothing else of the rest', () => {
    const waiver = { finding: 'expired', owner: 'o', reason: 'r', until: '2027-01-01T00:00:00.000Z' };
    save({ owner: 'Jane', notes: 'n', addTags: ['lab'], unused: true, waivers: [waiver] }, 5);
    save({ unset: ANNOTATION_FIELDS, addTags: ['prod'] }, 6);
    expect([...listAnnotations(database)]).toEqual([
      {
        subject: ENDPOINT,
        annotation: { owner: null, notes: null, unused: null, tags: ['prod'], waivers: [] },
      },
    ]);
  });

  it('writes all of it or nothing', () => {
    const tags = Array.from({ length: MAX_TAGS }, (_, number) => `tag ${number}`);
    const other: AnnotationSubject = { kind: 'certificate', fingerprint: 'ab'.repeat(32) };
    save({ addTags: tags }, 5, other);
    const before = rows();
    expect(() => save({ addTags: ['more'] }, 6, ENDPOINT, other)).toThrow('would have more than 100 tags');
    expect(() => save({ order: 1 }, 6)).toThrow('only rules have an order');
    expect(rows()).toEqual(before);
  });

  it('knows a rule however it is written, and lists rules in their order before the rest', () => {
    save({ owner: 'net' }, 1, { kind: 'rule', rule: 'CIDR:10.1.2.3/8' });
    save({ owner: 'net', order: 5 }, 2, { kind: 'rule', rule: 'cidr:10.0.0.0/8' });
    save({ addTags: ['a'] }, 2, ENDPOINT, { kind: 'rule', rule: 'name:*.a' });
    save({ order: 1 }, 2, { kind: 'rule', rule: 'name:says.nothing' });
    const said = [...listAnnotations(database)];
    expect(
      said.map(({ order, subject }) => [subject.kind === 'rule' ? subject.rule : subject.kind, order]),
    ).toEqual([
      ['cidr:10.0.0.0/8', 5],
      ['name:*.a', 1000],
      ['endpoint', undefined],
    ]);
    expect([...listAnnotations(database, ['rule name:*.a'])]).toEqual([said[1]]);
  });

  it('passes over what another inventory brought and nobody understands', () => {
    const insert = database.prepare('insert into annotation values (?, ?, ?, ?, ?)');
    insert.run('person Jane', 'owner', '', 'x', 1);
    insert.run('rule port:443', 'owner', '', 'x', 1);
    insert.run('endpoint {', 'owner', '', 'x', 1);
    insert.run('rule name:a', 'order', '', 'first', 1);
    insert.run('rule name:a', 'mood', '', 'good', 1);
    insert.run('rule name:a', 'waiver', 'expired', '{', 1);
    expect([...listAnnotations(database)]).toEqual([
      {
        subject: { kind: 'rule', rule: 'name:a' },
        order: 1000,
        annotation: { owner: null, notes: null, unused: null, tags: [], waivers: [] },
      },
    ]);
  });
});
