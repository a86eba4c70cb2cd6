import type { Database } from 'better-sqlite3';
import type { InferResult, Kysely } from 'kysely';
import type { Endpoint } from '../model/endpoint.js';
import { ENDPOINT_COLUMNS, fromEndpointRow } from './endpoint-row.js';
import { plannedProtocol } from './list-endpoints.js';
import {
  bareObservationSource,
  currentObservationSource,
  type ObservationSource,
} from './observation-source.js';
import type { InventorySchema } from './schema.js';

/** What the inventory knows of an endpoint: its latest observation. */
export interface LastObserved {
  /** With the protocol that the plan had, so that one planned endpoint may come more than once. */
  readonly endpoint: Endpoint;
  /** UTC ISO-8601. */
  readonly observedAt: string;
  /** UTC ISO-8601: the last moment of the leaf; null: there was none, or it does not say. */
  readonly expires: string | null;
  readonly hasCertificate: boolean;
}

/** Reads the latest observation of every endpoint that was ever observed, one at a time, in no particular order. */
export function* listLastObserved(database: Database, db: Kysely<InventorySchema>): Generator<LastObserved> {
  const selects = [
    selectLast(currentObservationSource(db, 'latest')),
    selectLast(bareObservationSource(db, {})),
  ];
  for (const select of selects) {
    type LastRow = InferResult<typeof select>[number];
    const { sql: text, parameters } = select.compile();
    for (const row of database.prepare<unknown[], LastRow>(text).iterate(...parameters))
      yield {
        endpoint: fromEndpointRow({ ...row, protocol: row.planned_protocol }),
        observedAt: new Date(row.observed_at).toISOString(),
        expires: row.not_after === null ? null : new Date(row.not_after).toISOString(),
        hasCertificate: row.chain_id !== null,
      };
  }
}

function selectLast(source: ObservationSource) {
  return source
    .innerJoin('scan_run', 'scan_run.id', 'observation.run_id')
    .leftJoin('chain_certificate as leaf', (join) =>
      join.onRef('leaf.chain_id', '=', 'observation.chain_id').on('leaf.position', '=', 0),
    )
    .leftJoin('certificate', 'certificate.id', 'leaf.certificate_id')
    .select(ENDPOINT_COLUMNS.map((column) => `endpoint.${column}` as const))
    .select(plannedProtocol.as('planned_protocol'))
    .select(['observation.observed_at', 'observation.chain_id', 'certificate.not_after']);
}
