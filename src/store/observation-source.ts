import { type Kysely, type RawBuilder, type Selectable, type SqlBool, sql } from 'kysely';
import { blockOfBareEntry } from './bare-entry.js';
import { toEndpointRow } from './endpoint-row.js';
import { PROVISIONAL_RUNS } from './provisional-runs.js';
import type { RecordQuery } from './record-query.js';
import type { CurrentEndpointTable, EndpointTable, InventorySchema, ObservationTable } from './schema.js';

// Why two sources of one form: what reads observations reads rows and packed ones with the same words, the names
// `observation` and `endpoint`. `bare_first_seen` is the first time that a packed one was observed, and null of a row;
// `current` is what is true now of the endpoint, and all null of a packed one.

/** A query that reads observations with their endpoints, and selects nothing yet. */
export type ObservationSource = ReturnType<typeof rowObservationSource>;

/** Which packed observations to read. */
export type BareChoice = Pick<RecordQuery, 'endpoint' | 'history' | 'run'>;

/** Reads the observations that are rows. */
export function rowObservationSource(db: Kysely<InventorySchema>) {
  return db
    .selectFrom(sql`(select null as bare_first_seen)`.as('unpacked'))
    .innerJoin('observation', (join) => join.onTrue())
    .innerJoin('endpoint', 'endpoint.id', 'observation.endpoint_id')
    .leftJoin('current_endpoint as current', 'current.endpoint_id', 'observation.endpoint_id');
}

/** Reads one observation of each endpoint that has rows: the one that counts, or the latest. */
export function currentObservationSource(
  db: Kysely<InventorySchema>,
  which: 'counting' | 'latest',
): ObservationSource {
  const [runId, observedAt] =
    which === 'counting'
      ? (['current.run_id', 'current.observed_at'] as const)
      : (['current.last_run_id', 'current.last_observed_at'] as const);
  const source = db
    .selectFrom(sql`(select null as bare_first_seen)`.as('unpacked'))
    .innerJoin('current_endpoint as current', (join) => join.onTrue())
    .innerJoin('observation', (join) =>
      join
        .onRef('observation.endpoint_id', '=', 'current.endpoint_id')
        .onRef('observation.run_id', '=', runId)
        .onRef('observation.observed_at', '=', observedAt),
    )
    .innerJoin('endpoint', 'endpoint.id', 'current.endpoint_id');
  // There is always a row of `current`, which may be missing elsewhere.
  return source as unknown as ObservationSource;
}

/** Reads packed observations: all of them with `history`, else those that count, of one run or now; provisional runs by name alone. */
export function bareObservationSource(
  db: Kysely<InventorySchema>,
  { endpoint, history = false, run }: BareChoice,
): ObservationSource {
  const packed = sql<{ block: Uint8Array }>`(
    select block, port, protocol, json_group_array(json_array(
      scan_run.uuid, scan_run.started_at, run_id, outcome_id, judgement_id, hex(entries))) as gathered
    from bare_observation cross join scan_run on scan_run.id = bare_observation.run_id
    where ${endpoint ? isIn(endpoint) : sql`1 = 1`} and (run_id not in ${sql.raw(PROVISIONAL_RUNS)} or scan_run.uuid = ${run ?? ''})
    group by block, port, protocol)`;
  const observation = sql<Selectable<ObservationTable>>`bare_observation_of(
    packed.gathered, ${history ? 1 : 0}, ${run ?? ''})`;
  const itsEndpoint = sql<Selectable<EndpointTable>>`bare_endpoint_of(
    packed.block, observation.last, packed.port, packed.protocol)`;
  const source = db.selectFrom([
    packed.as('packed'),
    observation.as('observation'),
    itsEndpoint.as('endpoint'),
    NOTHING_CURRENT.as('current'),
  ]);
  // The tables behind the names differ; to what selects from them they are the same.
  return source as unknown as ObservationSource;
}

/** What queries ask `current` for, of what is not in it. */
const NOTHING_CURRENT = sql<Selectable<CurrentEndpointTable>>`(
  select null as first_seen, null as last_observed_at, null as observed_at, null as state, null as state_since,
    null as certificate_id)`;

/** Whether a row of the packed ones may hold an endpoint. */
function isIn(endpoint: NonNullable<BareChoice['endpoint']>): RawBuilder<SqlBool> {
  const { address, host, port, protocol, server_name: serverName } = toEndpointRow(endpoint);
  const block = blockOfBareEntry(address);
  if (block === null || host !== '' || serverName !== '') return sql`1 = 0`;
  return sql`block = ${block} and port = ${port} and protocol = ${protocol}`;
}
