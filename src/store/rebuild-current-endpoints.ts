import type { Database } from 'better-sqlite3';
import { foldEndpoint } from './fold-endpoint.js';
import { prepareReadManySightings } from './read-many-sightings.js';
import { prepareWriteCurrentEndpoints } from './write-current-endpoints.js';

/** Endpoints taken at once: with a year of daily scans they have some 100,000 observations, which fit in memory. */
const ENDPOINTS_AT_ONCE = 250;

/** Makes `current_endpoint` anew from the facts, and forgets the numbers of overviews that followed from it; in one transaction or as a part of the one that is open. */
export function rebuildCurrentEndpoints(database: Database): void {
  const rebuild = database.transaction(() => {
    database.exec(`
      delete from main.current_endpoint;
      delete from main.issuer_name;`);
    foldEndpoints(database, 'main.endpoint');
  });
  if (database.inTransaction) rebuild();
  else rebuild.immediate();
}

/** Makes the rows of `current_endpoint` anew whose endpoints are in the column `id` of a table; all others must be true. */
export function refoldEndpoints(database: Database, endpoints: string): void {
  database.exec(`delete from main.current_endpoint where endpoint_id in (select id from ${endpoints})`);
  foldEndpoints(database, endpoints);
}

function foldEndpoints(database: Database, endpoints: string): void {
  database.exec('delete from main.overview; delete from main.run_summary;');
  const lastOfNext = database
    .prepare<[number, number], number>(
      `select max(id) from (select id from ${endpoints} where id > ? order by id limit ?)`,
    )
    .pluck();
  const read = prepareReadManySightings(database, endpoints);
  const { keep, write } = prepareWriteCurrentEndpoints(database);
  const next = (after: number) => lastOfNext.get(after, ENDPOINTS_AT_ONCE) ?? null;
  let before = -1;
  for (let last = next(before); last !== null; last = next(last)) {
    for (const [endpointId, sightings] of read(before + 1, last)) {
      const folded = foldEndpoint(sightings);
      if (folded) keep(endpointId, folded);
    }
    write();
    before = last;
  }
}
