import type { Database } from 'better-sqlite3';
import type { Kysely } from 'kysely';
import { addAnnotationFunctions } from './annotation-functions.js';
import type { Annotations } from './read-annotations.js';
import type { RecordQuery } from './record-query.js';
import type { InventorySchema } from './schema.js';
import { selectCurrentIds } from './select-current-ids.js';

/** Numbers that come at once: enough that the question costs little, few enough that the first are there at once. */
export const IDS_AT_ONCE = 256;

/** Lists the numbers of the endpoints whose records are asked for, of what is true now, in their order and some at a time. */
export function* listCurrentIds(
  database: Database,
  db: Kysely<InventorySchema>,
  query: RecordQuery,
  annotations: Annotations,
): Generator<readonly number[]> {
  addAnnotationFunctions(database, annotations.rules);
  const { sql: text, parameters } = selectCurrentIds(query, annotations).compile(db);
  const ids = database.prepare<unknown[], number>(text).pluck();
  let batch: number[] = [];
  for (const id of ids.iterate(...parameters)) {
    batch.push(id);
    if (batch.length < IDS_AT_ONCE) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}
