import { type Compilable, type Kysely, sql } from 'kysely';
import type { Migration } from '../migration.js';

/** Adds which runs are to replace all others and have not yet. */
export const addProvisionalRuns: Migration = { version: 12, keepsView: true, statements };

function statements(db: Kysely<unknown>): readonly Compilable[] {
  return [
    db.schema
      .alterTable('scan_run')
      .addColumn('is_provisional', 'integer', (column) => column.notNull().defaultTo(0)),
    {
      // Tells at once that there are none, which is asked whenever observations are read: definitions of runs are long.
      compile: () =>
        sql`create index scan_run_provisional on scan_run (id) where is_provisional = 1`.compile(db),
    },
  ];
}
