import { type Compilable, type Kysely, sql } from 'kysely';
import type { Migration } from '../migration.js';

/** Adds what is true now of each endpoint, in short; it is filled from the facts when all migrations are done. */
export const addCurrentEndpoints: Migration = { version: 9, statements };

function statements({ schema }: Kysely<unknown>): readonly Compilable[] {
  return [
    schema
      .createTable('issuer_name')
      .addColumn('id', 'integer', (column) => column.primaryKey())
      .addColumn('name', 'text', (column) => column.notNull().unique())
      .modifyEnd(sql`strict`),
    schema
      .createTable('current_endpoint')
      .addColumn('endpoint_id', 'integer', (column) => column.primaryKey().references('endpoint.id'))
      .addColumn('address', 'blob', (column) => column.notNull())
      .addColumn('port', 'integer', (column) => column.notNull())
      .addColumn('protocol', 'text', (column) => column.notNull())
      .addColumn('server_name', 'text', (column) => column.notNull())
      .addColumn('host', 'text', (column) => column.notNull())
      .addColumn('first_seen', 'integer', (column) => column.notNull())
      .addColumn('last_run_id', 'integer', (column) => column.notNull())
      .addColumn('last_observed_at', 'integer', (column) => column.notNull())
      .addColumn('run_id', 'integer', (column) => column.notNull())
      .addColumn('observed_at', 'integer', (column) => column.notNull())
      .addColumn('state', 'text')
      .addColumn('state_since', 'integer')
      .addColumn('is_changed', 'integer', (column) => column.notNull())
      .addColumn('chain_id', 'integer')
      .addColumn('certificate_id', 'integer')
      .addColumn('judgement_id', 'integer', (column) => column.notNull())
      .addColumn('status_rank', 'integer', (column) => column.notNull())
      .addColumn('grade', 'text')
      .addColumn('not_after', 'integer')
      .addColumn('issuer_id', 'integer')
      .addColumn('common_name', 'text')
      .modifyEnd(sql`strict`),
    schema.createIndex('current_endpoint_by_certificate').on('current_endpoint').column('certificate_id'),
    // Which judgements have a finding.
    schema.createIndex('judgement_finding_by_rule').on('judgement_finding').columns(['rule_id', 'waiver_id']),
  ];
}
