import Database from 'better-sqlite3';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AnnotationFact } from '../../src/model/annotation-fact.js';
import { mergeAnnotationFacts } from '../../src/model/merge-annotation-facts.js';
import { mergeAnnotations } from '../../src/store/merge-annotations.js';
import { migrateDatabase } from '../../src/store/migrate-database.js';
import { arbitraryAnnotationFacts } from '../model/arbitrary-annotation-facts.js';

const COLUMNS = 'subject, field, name, value, changed_at';

/** A connection with two inventories, `main` and `other`, of which each says what it is given. */
function open() {
  const database = new Database(':memory:');
  migrateDatabase(database, 42);
  database.exec("attach ':memory:' as other");
  const create = database.prepare("select sql from sqlite_schema where name = 'annotation'").pluck().get();
  database.exec(String(create).replace('"annotation"', 'other.annotation'));
  return {
    database,
    fill(schema: 'main' | 'other', facts: readonly AnnotationFact[]): void {
      database.exec(`delete from ${schema}.annotation`);
      const insert = database.prepare(
        `insert into ${schema}.annotation (${COLUMNS}) values (@subject, @field, @name, @value, @changedAt)`,
      );
      for (const fact of facts) insert.run(fact);
    },
    read: () =>
      database
        .prepare<[], AnnotationFact>(
          'select subject, field, name, value, changed_at as changedAt from annotation',
        )
        .all(),
  };
}

describe('merging the annotations of two inventories', () => {
  it('does as the merging of facts does, in either direction, and nothing the second time', () => {
    const { database, fill, read } = open();
    const facts = arbitraryAnnotationFacts();
    fc.assert(
      fc.property(facts, facts, (a, b) => {
        fill('main', a);
        fill('other', b);
        mergeAnnotations(database, 'other');
        const merged = mergeAnnotationFacts(read());
        expect(merged).toEqual(mergeAnnotationFacts(a, b));
        expect(mergeAnnotations(database, 'other')).toBe(0);
        fill('main', b);
        fill('other', a);
        mergeAnnotations(database, 'other');
        expect(mergeAnnotationFacts(read())).toEqual(merged);
      }),
    );
    database.close();
  });
});
