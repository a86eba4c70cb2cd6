import { type Compilable, type Kysely, sql } from 'kysely';
import type { Migration } from '../migration.js';

/** Adds what people say of endpoints, certificates and kinds of them. */
export const addAnnotations: Migration = { version: 8, statements };

function statements(db: Kysely<unknown>): readonly Compilable[] {
  return [
    db.schema
      .createTable('annotation')
      .addColumn('subject', 'text', (column) => column.notNull())
      .addColumn('field', 'text', (column) => column.notNull())
      .addColumn('name', 'text', (column) => column.notNull())
      .addColumn('value', 'text')
      .addColumn('changed_at', 'integer', (column) => column.notNull())
      .addPrimaryKeyConstraint('annotation_key', ['subject', 'field', 'name'])
      .modifyEnd(sql`strict, without rowid`),
    {
      // Tells at once whether anybody accepts anything, which is asked whenever records are read.
      compile: () =>
        sql`create index annotation_waiver on annotation (subject) where field = 'waiver' and value is not null`.compile(
          db,
        ),
    },
  ];
}
