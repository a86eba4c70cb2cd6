import { type Kysely, type RawBuilder, type Selectable, type SqlBool, sql } from 'kysely';
import { blockOfBareEntry } from './bare-entry.js';
import { toEndpointRow } from './endpoint-row.js';
import type { RecordQuery } from './record-query.js';
import type { EndpointTable, InventorySchema, ObservationTable } from './schema.js';

// Why two sources of one form: what reads observations reads rows and packed ones with the same words, the names
// `observation` and `endpoint`. `bare_first_seen` is the first time that a packed one was observed, and null of a row.

/** A query that reads observations with their endpoints, and selects nothing yet. */
export type ObservationSource = ReturnType<typeof rowObservationSource>;

/** Which packed observations to read. */
export type BareChoice = Pick<RecordQuery, 'endpoint' | 'history' | 'run'>;

/** Reads the observations that are rows. */
export function rowObservationSource(db: Kysely<InventorySchema>) {
  return db
    .selectFrom(sql`(select null as bare_first_seen)`.as('unpacked'))
    .innerJoin('observation', (join) => join.onTrue())
    .innerJoin('endpoint', 'endpoint.id', 'observation.endpoint_id');
}

/** Reads packed observations: all of them with `history`, else those that count, of one run or now. */
export function bareObservationSource(
  db: Kysely<InventorySchema>,
  { endpoint, history = false, run }: BareChoice,
): ObservationSource {
  const packed = sql<{ block: Uint8Array }>`(
    select block, port, protocol, json_group_array(json_array(
      scan_run.uuid, scan_run.started_at, run_id, outcome_id, judgement_id, hex(entries))) as gathered
    from bare_observation cross join scan_run on scan_run.id = bare_observation.run_id
    where ${endpoint ? isIn(endpoint) : sql`1 = 1`}
    group by block, port, protocol)`;
  const observation = sql<Selectable<ObservationTable>>`bare_observation_of(
    packed.gathered, ${history ? 1 : 0}, ${run ?? ''})`;
  const itsEndpoint = sql<Selectable<EndpointTable>>`bare_endpoint_of(
    packed.block, observation.last, packed.port, packed.protocol)`;
  const source = db.selectFrom([
    packed.as('packed'),
    observation.as('observation'),
    itsEndpoint.as('endpoint'),
  ]);
  // The tables behind the names differ; to what selects from them they are the same.
  return source as unknown as ObservationSource;
}

/** Whether a row of the packed ones may hold an endpoint. */
function isIn(endpoint: NonNullable<BareChoice['endpoint']>): RawBuilder<SqlBool> {
  const { address, host, port, protocol, server_name: serverName } = toEndpointRow(endpoint);
  const block = blockOfBareEntry(address);
  if (block === null || host !== '' || serverName !== '') return sql`1 = 0`;
  return sql`block = ${block} and port = ${port} and protocol = ${protocol}`;
}
