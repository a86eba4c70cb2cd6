import {
  type ColumnDefinitionBuilder,
  type Compilable,
  type CreateTableBuilder,
  type Kysely,
  sql,
} from 'kysely';
import type { Migration } from '../migration.js';

/** Creates all tables of an empty inventory. */
export const createTables: Migration = { version: 1, statements };

const notNull = (column: ColumnDefinitionBuilder) => column.notNull();
const natural = (column: ColumnDefinitionBuilder) => column.notNull().unique();
const key = (column: ColumnDefinitionBuilder) => column.primaryKey();
const to = (table: string) => (column: ColumnDefinitionBuilder) => column.references(`${table}.id`);
const needs = (table: string) => (column: ColumnDefinitionBuilder) =>
  column.notNull().references(`${table}.id`);

/** Ends a table whose rows are found by number. */
function numbered<Table extends string, Column extends string>(table: CreateTableBuilder<Table, Column>) {
  return table.modifyEnd(sql`strict`);
}

/** Ends a table whose rows lie in the order of their key, which saves a copy of it. */
function clustered<Table extends string, Column extends string>(table: CreateTableBuilder<Table, Column>) {
  return table.modifyEnd(sql`strict, without rowid`);
}

function statements(db: Kysely<unknown>): readonly Compilable[] {
  const { schema } = db;
  return [
    numbered(
      schema
        .createTable('scan_run')
        .addColumn('id', 'integer', key)
        .addColumn('uuid', 'text', natural)
        .addColumn('definition', 'text', notNull)
        .addColumn('started_at', 'integer', notNull)
        .addColumn('ended_at', 'integer')
        .addColumn('state', 'text', notNull)
        .addColumn('plan_size', 'integer', notNull)
        .addColumn('counts', 'text', notNull),
    ),
    numbered(
      schema
        .createTable('endpoint')
        .addColumn('id', 'integer', key)
        .addColumn('host', 'text', notNull)
        .addColumn('address', 'blob', notNull)
        .addColumn('port', 'integer', notNull)
        .addColumn('protocol', 'text', notNull)
        .addColumn('server_name', 'text', notNull)
        .addUniqueConstraint('endpoint_natural', ['address', 'port', 'protocol', 'server_name', 'host']),
    ),
    numbered(
      schema
        .createTable('outcome')
        .addColumn('id', 'integer', key)
        .addColumn('content_hash', 'blob', natural)
        .addColumn('name', 'text', notNull)
        .addColumn('stage', 'text')
        .addColumn('code', 'text')
        .addColumn('detail', 'text'),
    ),
    numbered(
      schema
        .createTable('plain_talk')
        .addColumn('id', 'integer', key)
        .addColumn('content_hash', 'blob', natural)
        .addColumn('greeting', 'text')
        .addColumn('after_go_ahead', 'text'),
    ),
    numbered(
      schema
        .createTable('handshake')
        .addColumn('id', 'integer', key)
        .addColumn('content_hash', 'blob', natural)
        .addColumn('version', 'text', notNull)
        .addColumn('cipher_suite', 'text')
        .addColumn('key_exchange_group', 'text')
        .addColumn('compression', 'text'),
    ),
    numbered(
      schema
        .createTable('stapled_response')
        .addColumn('id', 'integer', key)
        .addColumn('sha256', 'blob', natural)
        .addColumn('der', 'blob', notNull),
    ),
    numbered(
      schema
        .createTable('certificate')
        .addColumn('id', 'integer', key)
        .addColumn('sha256', 'blob', natural)
        .addColumn('common_name', 'text')
        .addColumn('subject', 'text')
        .addColumn('issuer', 'text')
        .addColumn('subject_alt_names', 'text')
        .addColumn('serial_number', 'text')
        .addColumn('not_before', 'integer')
        .addColumn('not_after', 'integer')
        .addColumn('key_type', 'text')
        .addColumn('key_bits', 'integer')
        .addColumn('signature_algorithm', 'text')
        .addColumn('validation', 'text')
        .addColumn('spki_sha256', 'blob')
        // Last, so that reading facts does not walk through the pages of a large certificate.
        .addColumn('der', 'blob', notNull),
    ),
    numbered(
      schema.createTable('chain').addColumn('id', 'integer', key).addColumn('content_hash', 'blob', natural),
    ),
    clustered(
      schema
        .createTable('chain_certificate')
        .addColumn('chain_id', 'integer', needs('chain'))
        .addColumn('position', 'integer', notNull)
        .addColumn('certificate_id', 'integer', needs('certificate'))
        .addPrimaryKeyConstraint('chain_certificate_key', ['chain_id', 'position']),
    ),
    schema.createIndex('chain_certificate_by_certificate').on('chain_certificate').column('certificate_id'),
    numbered(
      schema
        .createTable('posture')
        .addColumn('id', 'integer', key)
        .addColumn('content_hash', 'blob', natural)
        .addColumn('content', 'text', notNull),
    ),
    clustered(
      schema
        .createTable('posture_chain')
        .addColumn('posture_id', 'integer', needs('posture'))
        .addColumn('chain_id', 'integer', needs('chain'))
        .addPrimaryKeyConstraint('posture_chain_key', ['posture_id', 'chain_id']),
    ),
    schema.createIndex('posture_chain_by_chain').on('posture_chain').column('chain_id'),
    numbered(
      schema
        .createTable('judgement')
        .addColumn('id', 'integer', key)
        .addColumn('content_hash', 'blob', natural)
        .addColumn('status', 'text', notNull)
        .addColumn('grade', 'text')
        .addColumn('path_status', 'text', notNull)
        .addColumn('trust_stores', 'text', notNull)
        .addColumn('fingerprints', 'blob', notNull)
        .addColumn('path_length', 'integer', notNull)
        .addColumn('path_reason', 'text')
        .addColumn('stapled_ocsp', 'text'),
    ),
    numbered(
      schema
        .createTable('finding_rule')
        .addColumn('id', 'integer', key)
        .addColumn('content_hash', 'blob', natural)
        .addColumn('name', 'text', notNull)
        .addColumn('severity', 'text', notNull)
        .addColumn('advice', 'text', notNull)
        .addColumn('citation', 'text', notNull),
    ),
    clustered(
      schema
        .createTable('judgement_finding')
        .addColumn('judgement_id', 'integer', needs('judgement'))
        .addColumn('position', 'integer', notNull)
        .addColumn('rule_id', 'integer', needs('finding_rule'))
        .addColumn('subject', 'integer')
        .addColumn('message', 'text', notNull)
        .addPrimaryKeyConstraint('judgement_finding_key', ['judgement_id', 'position']),
    ),
    clustered(
      schema
        .createTable('observation')
        .addColumn('endpoint_id', 'integer', needs('endpoint'))
        .addColumn('run_id', 'integer', needs('scan_run'))
        .addColumn('observed_at', 'integer', notNull)
        .addColumn('planned_protocol', 'text')
        .addColumn('outcome_id', 'integer', needs('outcome'))
        .addColumn('plain_talk_id', 'integer', to('plain_talk'))
        .addColumn('handshake_id', 'integer', to('handshake'))
        .addColumn('stapled_response_id', 'integer', to('stapled_response'))
        .addColumn('chain_id', 'integer', to('chain'))
        .addColumn('posture_id', 'integer', to('posture'))
        .addColumn('judgement_id', 'integer', needs('judgement'))
        .addPrimaryKeyConstraint('observation_key', ['endpoint_id', 'run_id', 'observed_at']),
    ),
    schema.createIndex('observation_by_run').on('observation').column('run_id'),
    schema
      .createIndex('observation_by_chain')
      .on('observation')
      .column('chain_id')
      .where(sql.ref('chain_id'), 'is not', null),
    schema
      .createIndex('observation_by_posture')
      .on('observation')
      .column('posture_id')
      .where(sql.ref('posture_id'), 'is not', null),
    clustered(
      schema
        .createTable('revocation_answer')
        .addColumn('certificate_sha256', 'blob', notNull)
        .addColumn('source', 'text', notNull)
        .addColumn('status', 'text', notNull)
        .addColumn('revoked_at', 'integer')
        .addColumn('reason', 'text')
        .addColumn('valid_until', 'integer', notNull)
        .addPrimaryKeyConstraint('revocation_answer_key', ['certificate_sha256', 'source']),
    ),
  ];
}
