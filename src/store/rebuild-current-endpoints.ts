import type { Database } from 'better-sqlite3';
import { foldEndpoint } from './fold-endpoint.js';
import { prepareReadSightings } from './read-sightings.js';
import { prepareWriteCurrentEndpoint } from './write-current-endpoint.js';

/** Endpoints taken at once: with a year of daily scans they have some 100,000 observations, which fit in memory. */
const ENDPOINTS_AT_ONCE = 250;

/** Makes `current_endpoint` anew from the facts, and forgets the numbers of overviews that followed from it; in one transaction or as a part of the one that is open. */
export function rebuildCurrentEndpoints(database: Database): void {
  const rebuild = database.transaction(() => {
    database.exec(`
      delete from current_endpoint;
      delete from issuer_name;
      delete from overview;
      delete from run_summary;`);
    const lastOfNext = database
      .prepare<[number, number], number>(
        'select max(id) from (select id from endpoint where id > ? order by id limit ?)',
      )
      .pluck();
    const read = prepareReadSightings(database);
    const write = prepareWriteCurrentEndpoint(database);
    const next = (after: number) => lastOfNext.get(after, ENDPOINTS_AT_ONCE) ?? null;
    let before = -1;
    for (let last = next(before); last !== null; last = next(last)) {
      for (const { endpointId, sightings } of read(before + 1, last)) {
        const folded = foldEndpoint(sightings);
        if (folded) write(endpointId, folded);
      }
      before = last;
    }
  });
  if (database.inTransaction) rebuild();
  else rebuild.immediate();
}
