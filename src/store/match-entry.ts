import type { Database } from 'better-sqlite3';
import type { Kysely } from 'kysely';
import type { Matching } from '../query/query.js';
import { addAnnotationFunctions } from './annotation-functions.js';
import { readAnnotations } from './read-annotations.js';
import type { InventorySchema } from './schema.js';
import { selectRowRecords } from './select-records.js';
import type { ViewEntry } from './view-entry.js';

/** Whether an entry matches a query; what is packed matches none, as nothing is known of it. */
export type MatchEntry = (entry: ViewEntry) => boolean;

/** Prepares asking whether entries match a query. */
export function prepareMatchEntry(
  database: Database,
  db: Kysely<InventorySchema>,
  matching: Matching,
): MatchEntry {
  const annotations = readAnnotations(database);
  addAnnotationFunctions(database, annotations.rules);
  // What a query looks at is joined, and no more of it is read than that it is there.
  const { sql: text, parameters } = selectRowRecords(db, { matching }, annotations)
    .clearSelect()
    .select('observation.observed_at')
    .where('observation.endpoint_id', '=', 0)
    .where('observation.run_id', '=', 0)
    .where('observation.observed_at', '=', 0)
    .compile();
  const own = parameters.slice(0, -3);
  const statement = database.prepare<unknown[]>(text);
  return ({ endpointId, observedAt, runId }) =>
    endpointId !== null && statement.get(...own, endpointId, runId, observedAt) !== undefined;
}
