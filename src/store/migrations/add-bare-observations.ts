import { type Compilable, type Kysely, sql } from 'kysely';
import type { Migration } from '../migration.js';

/**
 * Adds the table of packed observations, and puts a table of who presents which chain in place of two indexes that grew
 * with every scan. Observations of endpoints that never spoke stay the rows that they are.
 */
export const addBareObservations: Migration = { version: 6, statements };

function statements(db: Kysely<unknown>): readonly Compilable[] {
  const { schema } = db;
  return [
    schema
      .createTable('bare_observation')
      .addColumn('block', 'blob', (column) => column.notNull())
      .addColumn('port', 'integer', (column) => column.notNull())
      .addColumn('protocol', 'text', (column) => column.notNull())
      .addColumn('run_id', 'integer', (column) => column.notNull().references('scan_run.id'))
      .addColumn('outcome_id', 'integer', (column) => column.notNull().references('outcome.id'))
      .addColumn('judgement_id', 'integer', (column) => column.notNull().references('judgement.id'))
      .addColumn('entries', 'blob', (column) => column.notNull())
      .addPrimaryKeyConstraint('bare_observation_key', [
        'block',
        'port',
        'protocol',
        'run_id',
        'outcome_id',
        'judgement_id',
      ])
      .modifyEnd(sql`strict, without rowid`),
    schema
      .createTable('endpoint_chain')
      .addColumn('chain_id', 'integer', (column) => column.notNull().references('chain.id'))
      .addColumn('endpoint_id', 'integer', (column) => column.notNull().references('endpoint.id'))
      .addPrimaryKeyConstraint('endpoint_chain_key', ['chain_id', 'endpoint_id'])
      .modifyEnd(sql`strict, without rowid`),
    {
      compile: () =>
        sql`
          insert into endpoint_chain (chain_id, endpoint_id)
          select chain_id, endpoint_id from observation where chain_id is not null
          union
          select posture_chain.chain_id, observation.endpoint_id
          from observation inner join posture_chain on posture_chain.posture_id = observation.posture_id
          order by 1, 2`.compile(db),
    },
    schema.dropIndex('observation_by_chain'),
    schema.dropIndex('observation_by_posture'),
  ];
}
