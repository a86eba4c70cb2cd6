import { type Compilable, type Kysely, sql } from 'kysely';
import type { Migration } from '../migration.js';

/** Adds reports that are written again and again. */
export const addSavedReports: Migration = { version: 11, statements };

function statements({ schema }: Kysely<unknown>): readonly Compilable[] {
  return [
    schema
      .createTable('saved_report')
      .addColumn('name', 'text', (column) => column.primaryKey().notNull())
      .addColumn('definition', 'text')
      .addColumn('changed_at', 'integer', (column) => column.notNull())
      .modifyEnd(sql`strict, without rowid`),
  ];
}
