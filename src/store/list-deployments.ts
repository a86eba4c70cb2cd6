import type { Database } from 'better-sqlite3';
import { type InferResult, type Kysely, type SqlBool, sql } from 'kysely';
import type { Deployment } from '../model/deployment.js';
import { ENDPOINT_COLUMNS, fromEndpointRow } from './endpoint-row.js';
import { decodeHex } from './hex.js';
import { prepareChain } from './prepare-chain.js';
import { presentsChain } from './presents-chain.js';
import { PROVISIONAL_RUNS } from './provisional-runs.js';
import { rememberLatest } from './remember-latest.js';
import type { InventorySchema } from './schema.js';

/** Reads where a certificate (SHA-256, hex) is presented or was, the present before the past, the latest first. */
export function* listDeployments(
  database: Database,
  db: Kysely<InventorySchema>,
  fingerprint: string,
): Generator<Deployment> {
  const select = selectDeployments(db, fingerprint);
  const { sql: text, parameters } = select.compile();
  const chains = rememberLatest(prepareChain(database, db));
  const statement = database.prepare<unknown[], InferResult<typeof select>[number]>(text);
  for (const row of statement.iterate(...parameters))
    yield {
      endpoint: fromEndpointRow(row),
      place: row.position + 1,
      firstSeen: new Date(row.first_seen).toISOString(),
      lastSeen: new Date(row.last_seen).toISOString(),
      isCurrent: row.is_current === 1,
      state: row.state,
      chain: chains(row.chain_id),
    };
}

function selectDeployments(db: Kysely<InventorySchema>, fingerprint: string) {
  const seen = db
    .selectFrom('certificate')
    .innerJoin('chain_certificate as link', 'link.certificate_id', 'certificate.id')
    .innerJoin('endpoint_chain', 'endpoint_chain.chain_id', 'link.chain_id')
    .innerJoin('observation', (join) => join.on(presentsChain('observation')))
    .select(['observation.endpoint_id', 'observation.observed_at'])
    .select(['link.position', 'link.chain_id'])
    .where('certificate.sha256', '=', decodeHex(fingerprint))
    .where(sql<SqlBool>`observation.run_id not in ${sql.raw(PROVISIONAL_RUNS)}`);
  let select = db
    .selectFrom(seen.as('seen'))
    .innerJoin('endpoint', 'endpoint.id', 'seen.endpoint_id')
    .innerJoin('current_endpoint as current', 'current.endpoint_id', 'seen.endpoint_id')
    .select(ENDPOINT_COLUMNS.map((column) => `endpoint.${column}` as const))
    .select((eb) => [
      eb.fn.min<number>('seen.position').as('position'),
      eb.fn.min<number>('seen.observed_at').as('first_seen'),
      eb.fn.max<number>('seen.observed_at').as('last_seen'),
    ])
    .select(['current.state', lastChain.as('chain_id'), isCurrent.as('is_current')])
    .groupBy('seen.endpoint_id')
    .orderBy('is_current', 'desc')
    .orderBy('last_seen', 'desc');
  for (const column of ENDPOINT_COLUMNS) select = select.orderBy(`endpoint.${column}`);
  return select;
}

/** The greatest of times of one length, each with its chain behind it. */
const lastChain = sql<number>`
  cast(substr(max(printf('%016d %d', seen.observed_at, seen.chain_id)), 18) as integer)`;

/** What is silent may well present it still; what answers without it does not. */
const isCurrent = sql<number>`
  (max(seen.observed_at) >= current.observed_at and current.state is not 'gone')`;
