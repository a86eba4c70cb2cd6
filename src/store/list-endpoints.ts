import type { Database } from 'better-sqlite3';
import { type Compilable, type Kysely, sql } from 'kysely';
import type { Endpoint } from '../model/endpoint.js';
import { ENDPOINT_COLUMNS, fromEndpointRow } from './endpoint-row.js';
import { bareObservationSource, rowObservationSource } from './observation-source.js';
import type { InventorySchema } from './schema.js';

type EndpointRow = Parameters<typeof fromEndpointRow>[0];

/** Reads every endpoint that was ever observed, one at a time. */
export function* listEndpoints(database: Database, db: Kysely<InventorySchema>): Generator<Endpoint> {
  const columns = ENDPOINT_COLUMNS.map((column) => `endpoint.${column}` as const);
  // Those that provisional runs alone have observed are not there.
  yield* readEndpoints(database, db.selectFrom('current_endpoint as endpoint').select(columns));
  yield* readEndpoints(database, bareObservationSource(db, {}).select(columns));
}

/** Reads the endpoints, as its plan has them, that a scan run has observed, one at a time. */
export function* listObservedEndpoints(
  database: Database,
  db: Kysely<InventorySchema>,
  run: string,
): Generator<Endpoint> {
  for (const source of [rowObservationSource(db), bareObservationSource(db, { run })]) {
    const select = source
      .innerJoin('scan_run', 'scan_run.id', 'observation.run_id')
      .select(['endpoint.address', 'endpoint.port', 'endpoint.server_name', 'endpoint.host'])
      .select(plannedProtocol.as('protocol'))
      .where('scan_run.uuid', '=', run)
      .distinct();
    yield* readEndpoints(database, select);
  }
}

/** The protocol that the plan had for an observation. */
export const plannedProtocol = sql<string>`coalesce(observation.planned_protocol, endpoint.protocol)`;

function* readEndpoints(database: Database, select: Compilable): Generator<Endpoint> {
  const { sql: text, parameters } = select.compile();
  const statement = database.prepare<unknown[], EndpointRow>(text);
  for (const row of statement.iterate(...parameters)) yield fromEndpointRow(row);
}
