import type { Compilable, Kysely } from 'kysely';
import type { Migration } from '../migration.js';

/** Adds who accepts what comparing keys brought to light. */
export const addKeyWaivers: Migration = { version: 5, statements };

function statements({ schema }: Kysely<unknown>): readonly Compilable[] {
  return [
    schema
      .alterTable('certificate_finding')
      .addColumn('waiver_id', 'integer', (column) => column.references('waiver.id')),
  ];
}
