import type { Compilable, Kysely } from 'kysely';
import type { Migration } from '../migration.js';

/** Adds what lists are often filtered and sorted by to what is true now; it is filled when all migrations are done. */
export const addCurrentFacts: Migration = { version: 13, statements };

function statements({ schema }: Kysely<unknown>): readonly Compilable[] {
  const add = (name: string, type: 'integer' | 'text') =>
    schema.alterTable('current_endpoint').addColumn(name, type);
  return [
    add('outcome_id', 'integer'),
    add('handshake_id', 'integer'),
    add('severity_rank', 'integer'),
    add('not_before', 'integer'),
    add('key_type', 'text'),
    add('key_bits', 'integer'),
  ];
}
