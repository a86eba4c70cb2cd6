import { type Compilable, type Kysely, sql } from 'kysely';
import type { Migration } from '../migration.js';

/** Adds how far runs have got with their plans, and which part of its plan a run visits. */
export const addRunProgress: Migration = { version: 7, statements };

function statements({ schema }: Kysely<unknown>): readonly Compilable[] {
  return [
    schema
      .createTable('run_progress')
      .addColumn('run_id', 'integer', (column) => column.primaryKey().references('scan_run.id'))
      .addColumn('plan_digest', 'text', (column) => column.notNull())
      .addColumn('done_before', 'integer', (column) => column.notNull())
      .addColumn('done_beyond', 'blob', (column) => column.notNull())
      .addColumn('extra', 'integer', (column) => column.notNull())
      .modifyEnd(sql`strict`),
    schema
      .createTable('plan_selection')
      .addColumn('run_id', 'integer', (column) => column.primaryKey().references('scan_run.id'))
      .addColumn('first', 'blob', (column) => column.notNull())
      .addColumn('without', 'blob', (column) => column.notNull())
      .modifyEnd(sql`strict`),
  ];
}
