import type { Compilable, Kysely } from 'kysely';
import { sql } from 'kysely';
import type { Migration } from '../migration.js';

/** Adds what letters come from, waivers of findings, and when observations were judged again. */
export const addGradings: Migration = { version: 2, statements };

function statements({ schema }: Kysely<unknown>): readonly Compilable[] {
  return [
    schema
      .createTable('grading')
      .addColumn('id', 'integer', (column) => column.primaryKey())
      .addColumn('content_hash', 'blob', (column) => column.notNull().unique())
      .addColumn('content', 'text', (column) => column.notNull())
      .modifyEnd(sql`strict`),
    schema
      .createTable('waiver')
      .addColumn('id', 'integer', (column) => column.primaryKey())
      .addColumn('content_hash', 'blob', (column) => column.notNull().unique())
      .addColumn('owner', 'text', (column) => column.notNull())
      .addColumn('reason', 'text', (column) => column.notNull())
      .addColumn('until', 'integer', (column) => column.notNull())
      .modifyEnd(sql`strict`),
    schema
      .alterTable('judgement')
      .addColumn('grading_id', 'integer', (column) => column.references('grading.id')),
    schema
      .alterTable('judgement_finding')
      .addColumn('waiver_id', 'integer', (column) => column.references('waiver.id')),
    schema.alterTable('observation').addColumn('regraded_at', 'integer'),
  ];
}
