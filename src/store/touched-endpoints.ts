import type { Database } from 'better-sqlite3';
import type { SharedRun } from './shared-run.js';

/** Endpoints that have got observations, or others than before: their current view is to be made anew. */
export const TOUCHED = 'temp.touched_endpoint';

/** Begins anew with none. */
export function forgetTouchedEndpoints(database: Database): void {
  database.exec(`
    drop table if exists ${TOUCHED};
    create table ${TOUCHED} (id integer primary key);`);
}

/** Notes the endpoints whose numbers a query selects. */
export function touchEndpoints(database: Database, select: string): void {
  database.exec(`insert or ignore into ${TOUCHED} (id) ${select}`);
}

/** Notes the endpoints of runs that count from now on, as they are provisional no longer. */
export function touchEndpointsOfSettledRuns(database: Database, shared: readonly SharedRun[]): void {
  for (const { id, row, sourceRow } of shared)
    if (row.is_provisional !== sourceRow.is_provisional)
      touchEndpoints(database, `select endpoint_id from main.observation where run_id = ${id}`);
}
