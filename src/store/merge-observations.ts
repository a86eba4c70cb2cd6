import type { Database } from 'better-sqlite3';
import { KEEP_BETTER_OBSERVATION } from './keep-better-observation.js';
import { mergedTable, readMappedColumns } from './mapped-columns.js';

/**
 * Takes the observations of an attached inventory that are rows there. They are written in the order in which they lie
 * here, whatever that is there: else each would go to another page, and a large inventory has more than fit in memory.
 */
export function mergeObservations(database: Database, attached: string): void {
  const { columns, joins, values } = readMappedColumns(database, 'observation', { except: 'endpoint_id' });
  const endpoints = mergedTable('endpoint');
  database.exec(`
    create index ${endpoints}_order on merged_endpoint (id, source_id);
    insert into main.observation (endpoint_id, ${columns.join(', ')})
    select to_endpoint.id, ${values.join(', ')}
    from ${endpoints} as to_endpoint
    cross join ${attached}.observation as source on source.endpoint_id = to_endpoint.source_id
    ${joins}
    where true
    order by to_endpoint.id
    on conflict ${KEEP_BETTER_OBSERVATION}`);
}
