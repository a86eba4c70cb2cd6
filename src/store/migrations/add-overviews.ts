import { type Compilable, type Kysely, sql } from 'kysely';
import type { Migration } from '../migration.js';

/** Adds what overviews need to know without reading all observations; it is filled when all migrations are done. */
export const addOverviews: Migration = { version: 10, statements };

function statements({ schema }: Kysely<unknown>): readonly Compilable[] {
  const count = ['endpoints', 'certificates', 'expired', 'expiring', 'warnings', 'new_endpoints'];
  let runSummary = schema
    .createTable('run_summary')
    .addColumn('run_id', 'integer', (column) => column.primaryKey().references('scan_run.id'));
  for (const name of [...count, 'new_certificates'])
    runSummary = runSummary.addColumn(name, 'integer', (column) => column.notNull());
  return [
    runSummary.modifyEnd(sql`strict`),
    schema
      .createTable('overview')
      .addColumn('id', 'integer', (column) => column.primaryKey())
      .addColumn('content', 'text', (column) => column.notNull())
      .addColumn('expiries', 'blob', (column) => column.notNull())
      .modifyEnd(sql`strict`),
  ];
}
