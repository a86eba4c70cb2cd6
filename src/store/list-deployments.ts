import type { Database } from 'better-sqlite3';
import { type InferResult, type Kysely, sql } from 'kysely';
import type { Deployment } from '../model/deployment.js';
import { ENDPOINT_COLUMNS, fromEndpointRow } from './endpoint-row.js';
import { decodeHex } from './hex.js';
import { presentsChain } from './presents-chain.js';
import type { InventorySchema } from './schema.js';

/** Reads where a certificate (SHA-256, hex) is presented or was, the present before the past, the latest first. */
export function* listDeployments(
  database: Database,
  db: Kysely<InventorySchema>,
  fingerprint: string,
): Generator<Deployment> {
  const select = selectDeployments(db, fingerprint);
  const { sql: text, parameters } = select.compile();
  const statement = database.prepare<unknown[], InferResult<typeof select>[number]>(text);
  for (const row of statement.iterate(...parameters))
    yield {
      endpoint: fromEndpointRow(row),
      place: row.position + 1,
      firstSeen: new Date(row.first_seen).toISOString(),
      lastSeen: new Date(row.last_seen).toISOString(),
      isCurrent: row.is_current === 1,
    };
}

function selectDeployments(db: Kysely<InventorySchema>, fingerprint: string) {
  const seen = db
    .selectFrom('certificate')
    .innerJoin('chain_certificate as link', 'link.certificate_id', 'certificate.id')
    .innerJoin('endpoint_chain', 'endpoint_chain.chain_id', 'link.chain_id')
    .innerJoin('observation', (join) => join.on(presentsChain('observation')))
    .select(['observation.endpoint_id', 'observation.observed_at', 'link.position'])
    .where('certificate.sha256', '=', decodeHex(fingerprint));
  const isCurrent = sql<number>`max(seen.observed_at) = (
    select max(other.observed_at) from observation as other where other.endpoint_id = seen.endpoint_id)`;
  let select = db
    .selectFrom(seen.as('seen'))
    .innerJoin('endpoint', 'endpoint.id', 'seen.endpoint_id')
    .select(ENDPOINT_COLUMNS.map((column) => `endpoint.${column}` as const))
    .select((eb) => [
      eb.fn.min<number>('seen.position').as('position'),
      eb.fn.min<number>('seen.observed_at').as('first_seen'),
      eb.fn.max<number>('seen.observed_at').as('last_seen'),
    ])
    .select(isCurrent.as('is_current'))
    .groupBy('seen.endpoint_id')
    .orderBy('is_current', 'desc')
    .orderBy('last_seen', 'desc');
  for (const column of ENDPOINT_COLUMNS) select = select.orderBy(`endpoint.${column}`);
  return select;
}
