import type { Database } from 'better-sqlite3';
import type { Kysely } from 'kysely';
import type { InventoryRecord } from '../model/inventory-record.js';
import { prepareCurrentRecords } from './current-records.js';
import { listCurrentIds } from './list-current-ids.js';
import type { Annotations } from './read-annotations.js';
import type { RecordQuery } from './record-query.js';
import type { InventorySchema } from './schema.js';

// Why numbers first, then rows by the batch, then facts: sorting moves all that is selected, so no more than numbers are
// sorted. Each question to SQLite and each column of a row costs about as much as looking it up, so rows come many at a
// time and carry the numbers of facts, and a fact that was read for one row is there for the next.

/** Reads what is true now of the endpoints that have presented a certificate, some records at a time, in the order asked for. */
export function* listCurrentRecords(
  database: Database,
  db: Kysely<InventorySchema>,
  query: RecordQuery,
  annotations: Annotations,
): Generator<readonly InventoryRecord[]> {
  const readRecords = prepareCurrentRecords(database, db, query, annotations);
  for (const ids of listCurrentIds(database, db, query, annotations))
    yield readRecords(ids).filter((record) => record !== undefined);
}
