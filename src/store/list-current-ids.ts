import type { Database } from 'better-sqlite3';
import type { Kysely } from 'kysely';
import { addAnnotationFunctions } from './annotation-functions.js';
import { ENDPOINT_COLUMNS } from './endpoint-row.js';
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
  if (asksForAll(query)) {
    yield* gather(listAllIds(database));
    return;
  }
  addAnnotationFunctions(database, annotations.rules);
  const { sql: text, parameters } = selectCurrentIds(query, annotations).compile(db);
  yield* gather(
    database
      .prepare<unknown[], number>(text)
      .pluck()
      .iterate(...parameters),
  );
}

function asksForAll({ limit, matching, sort, where }: RecordQuery): boolean {
  return limit === undefined && matching === undefined && where === undefined && (sort ?? []).length === 0;
}

/**
 * The numbers of all endpoints that have presented a certificate, by address. An index has endpoints in that order:
 * leaving out those that have not takes a quarter of the time of sorting the others.
 */
function* listAllIds(database: Database): Generator<number> {
  const last = database.prepare<[], number | null>('select max(id) from endpoint').pluck().get() ?? 0;
  // Numbers begin at 1 and follow each other, but for what was pruned.
  const isPresented = new Uint8Array(last + 1);
  const presented = database
    .prepare<[], number>('select endpoint_id from current_endpoint where certificate_id is not null')
    .pluck();
  for (const id of presented.iterate()) isPresented[id] = 1;
  const ids = database
    .prepare<[], number>(`select id from endpoint order by ${ENDPOINT_COLUMNS.join(', ')}`)
    .pluck();
  for (const id of ids.iterate()) if (isPresented[id] === 1) yield id;
}

function* gather(ids: Iterable<number>): Generator<readonly number[]> {
  let batch: number[] = [];
  for (const id of ids) {
    batch.push(id);
    if (batch.length < IDS_AT_ONCE) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}
