import { type Compilable, type Kysely, sql } from 'kysely';
import type { Migration } from '../migration.js';

/** Adds what comparing the keys of all certificates brings to light. */
export const addKeyFindings: Migration = { version: 3, statements };

function statements({ schema }: Kysely<unknown>): readonly Compilable[] {
  return [
    schema
      .createTable('certificate_finding')
      .addColumn('certificate_id', 'integer', (column) => column.notNull().references('certificate.id'))
      .addColumn('name', 'text', (column) => column.notNull())
      .addColumn('severity', 'text', (column) => column.notNull())
      .addColumn('message', 'text', (column) => column.notNull())
      .addColumn('advice', 'text', (column) => column.notNull())
      .addColumn('citation', 'text', (column) => column.notNull())
      .addPrimaryKeyConstraint('certificate_finding_key', ['certificate_id', 'name'])
      .modifyEnd(sql`strict, without rowid`),
    schema
      .createTable('key_comparison')
      .addColumn('id', 'integer', (column) => column.primaryKey())
      .addColumn('content_hash', 'blob', (column) => column.notNull().unique())
      .addColumn('keys', 'blob', (column) => column.notNull())
      .addColumn('sharing', 'blob', (column) => column.notNull())
      .modifyEnd(sql`strict`),
    schema.createIndex('certificate_by_key').on('certificate').column('spki_sha256'),
  ];
}
