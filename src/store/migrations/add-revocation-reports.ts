import type { Compilable, Kysely } from 'kysely';
import { sql } from 'kysely';
import type { Migration } from '../migration.js';

/** Adds what CAs said, or why they did not, to the judgements that rest on it. */
export const addRevocationReports: Migration = { version: 4, statements };

function statements({ schema }: Kysely<unknown>): readonly Compilable[] {
  return [
    schema
      .createTable('revocation_report')
      .addColumn('id', 'integer', (column) => column.primaryKey())
      .addColumn('content_hash', 'blob', (column) => column.notNull().unique())
      .addColumn('content', 'text', (column) => column.notNull())
      .modifyEnd(sql`strict`),
    schema
      .alterTable('judgement')
      .addColumn('revocation_report_id', 'integer', (column) => column.references('revocation_report.id')),
  ];
}
