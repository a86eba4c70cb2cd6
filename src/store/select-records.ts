import { type Expression, expressionBuilder, type Kysely, type RawBuilder, type SqlBool, sql } from 'kysely';
import { encodeAddressBytes } from './address-bytes.js';
import { annotationOfEndpoint } from './annotation-columns.js';
import { hasCertificateFinding } from './certificate-findings.js';
import { CERTIFICATE_FACTS } from './certificate-row.js';
import { compileCondition } from './compile-condition.js';
import { ENDPOINT_COLUMNS, toEndpointRow } from './endpoint-row.js';
import { firstSeen } from './first-seen.js';
import { type Ended, hasEnded, letterOf } from './has-ended.js';
import { decodeHex } from './hex.js';
import { lastSeen } from './last-seen.js';
import { selectObservationFacts } from './observation-facts.js';
import { type ObservationFindings, observationFindings } from './observation-findings.js';
import {
  bareObservationSource,
  currentObservationSource,
  type ObservationSource,
  rowObservationSource,
} from './observation-source.js';
import { PROVISIONAL_RUNS } from './provisional-runs.js';
import { type Annotations, NO_ANNOTATIONS } from './read-annotations.js';
import { recordFieldColumns } from './record-field-columns.js';
import type { RecordFilter, RecordQuery, RecordSortKey } from './record-query.js';
import type { InventorySchema } from './schema.js';
import { statusRank } from './status-rank.js';

/** What records are told with besides facts: as of when, what people say of them, and when they were looked at. */
export interface Told {
  readonly annotation: RawBuilder<string | null>;
  /** What has expired since it was judged. */
  readonly ended: Ended;
  readonly findings: ObservationFindings;
  /** Null: none was given. */
  readonly grade: RawBuilder<string | null>;
  readonly lastScan: RawBuilder<number>;
}

/** Builds the query for the records that are asked for, all but their chains and findings. */
export function selectRecords(
  db: Kysely<InventorySchema>,
  query: RecordQuery,
  annotations: Annotations = NO_ANNOTATIONS,
) {
  const { endpoint, history, limit, run, sort = [], withOutcomes } = query;
  const told = tell(query, annotations);
  const isView = showsView(query);
  const source = isView
    ? currentObservationSource(db, withOutcomes ? 'latest' : 'counting')
    : rowObservationSource(db);
  let rows = narrow(selectFacts(source, told), query, told);
  if (!history && run !== undefined) rows = rows.where(isLastOfRun(run));
  if (endpoint) {
    const row = toEndpointRow(endpoint);
    for (const column of ENDPOINT_COLUMNS) rows = rows.where(`endpoint.${column}`, '=', row[column]);
  }
  if (!withOutcomes) rows = rows.where('observation.chain_id', 'is not', null);
  let select = selectSortKeys(rows, sort, told);
  if (withOutcomes) {
    let packed = narrow(selectFacts(bareObservationSource(db, query), told), query, told);
    if (endpoint) packed = packed.where('endpoint.address', '=', encodeAddressBytes(endpoint.address));
    select = select.unionAll(selectSortKeys(packed, sort, told));
  }
  // By the names of columns, as nothing else orders two queries in one.
  if (history) select = select.orderBy('observed_at', 'desc').orderBy('run', 'desc');
  for (const [place, { descending }] of sort.entries())
    select = select.orderBy(sql.ref(sortKeyName(place)), (order) =>
      (descending ? order.desc() : order.asc()).nullsLast(),
    );
  for (const column of ENDPOINT_COLUMNS) select = select.orderBy(column);
  return limit === undefined ? select : select.limit(limit);
}

/** Builds the query for the records of all observations that are rows, whether they count or not. */
export function selectRowRecords(
  db: Kysely<InventorySchema>,
  query: Pick<RecordQuery, 'matching' | 'now'>,
  annotations: Annotations,
) {
  const told = tell({ ...query, history: true }, annotations);
  return narrow(selectFacts(rowObservationSource(db), told), query, told);
}

/** Prepares it for a query; of what is true now, the row `current` knows what `observation` does, or is it. */
export function tell(query: RecordQuery, annotations: Annotations, isOfCurrent = false): Told {
  const { matching, now = matching?.now } = query;
  const isView = showsView(query);
  // A run, and the past, is what it was judged then.
  const ended = isView ? hasEnded(now) : null;
  return {
    annotation: annotationOfEndpoint(annotations),
    ended,
    findings: observationFindings(annotations, { ended, now, row: isOfCurrent ? 'current' : 'observation' }),
    grade: letterOf(ended, sql`judgement.grade`),
    lastScan: isView ? viewLastScan : sql`observation.observed_at`,
  };
}

/** Whether what is true now is asked for, and not a run or the past. */
export function showsView({ history, run }: RecordQuery): boolean {
  return !history && run === undefined;
}

/** A packed one has its own time alone. */
const viewLastScan = sql<number>`coalesce(current.last_observed_at, observation.observed_at)`;

type RecordSelect = ReturnType<typeof selectFacts>;

/** Selects what is to be sorted by, under names of its own; records have no use for it. */
function selectSortKeys(
  select: RecordSelect,
  sort: NonNullable<RecordQuery['sort']>,
  told: Told,
): RecordSelect {
  const keys = recordSortKeys(told);
  return sort.reduce((selected, { by }, place) => {
    const key = keys[by];
    return selected.select(key.as(sortKeyName(place))) as RecordSelect;
  }, select);
}

function sortKeyName(place: number): string {
  return `sort_key_${place}`;
}

/** Joins observations with all that is known of them. */
function selectFacts(source: ObservationSource, { annotation, findings, grade, lastScan }: Told) {
  return selectObservationFacts(source)
    .leftJoin('grading', 'grading.id', 'judgement.grading_id')
    .leftJoin('chain_certificate as leaf', (join) =>
      join.onRef('leaf.chain_id', '=', 'observation.chain_id').on('leaf.position', '=', 0),
    )
    .leftJoin('certificate', 'certificate.id', 'leaf.certificate_id')
    .select(['scan_run.uuid as run', 'observation.judgement_id'])
    .select([findings.status.as('status'), 'judgement.status as judged'])
    .select([grade.as('grade'), 'grading.content as grading'])
    .select(['judgement.path_status', 'judgement.trust_stores', 'judgement.fingerprints'])
    .select(['judgement.path_length', 'judgement.path_reason', 'judgement.stapled_ocsp'])
    .select(CERTIFICATE_FACTS.map((column) => `certificate.${column}` as const))
    .select(['current.state', 'current.state_since', lastSeen.as('last_seen'), lastScan.as('last_scan')])
    .select([firstSeen.as('first_seen'), annotation.as('annotation')]);
}

/** Leaves those that meet the conditions of a query. */
function narrow(
  select: RecordSelect,
  { history, matching, run, where = {} }: RecordQuery,
  told: Told,
): RecordSelect {
  let narrowed = select.where(conditions(where, told.findings));
  if (matching) {
    const columns = recordFieldColumns(matching.now, told);
    narrowed = narrowed.where(compileCondition(matching, columns));
  }
  if (!history) return narrowed;
  return run === undefined
    ? narrowed.where(sql<SqlBool>`observation.run_id not in ${sql.raw(PROVISIONAL_RUNS)}`)
    : narrowed.where('scan_run.uuid', '=', run);
}

/** Whether `observation` is the latest of a run for its endpoint. */
export function isLastOfRun(run: string): RawBuilder<SqlBool> {
  return sql`scan_run.uuid = ${run} and observation.observed_at = (
    select max(other.observed_at) from observation as other
    where other.endpoint_id = observation.endpoint_id and other.run_id = observation.run_id)`;
}

/** What records are sorted by, in terms of the rows that are joined. */
export function recordSortKeys({
  findings,
  grade,
  lastScan,
}: Told): Readonly<Record<RecordSortKey, RawBuilder<unknown>>> {
  return { ...SORT_KEYS, grade, lastScan, status: statusRank(findings.status) };
}

const SORT_KEYS: Readonly<
  Record<Exclude<RecordSortKey, 'grade' | 'lastScan' | 'status'>, RawBuilder<unknown>>
> = {
  address: sql`endpoint.address`,
  commonName: sql`lower(certificate.common_name)`,
  daysLeft: sql`certificate.not_after`,
  expires: sql`certificate.not_after`,
  firstSeen,
  host: sql`lower(nullif(endpoint.host, ''))`,
  issued: sql`certificate.not_before`,
  issuer: sql`lower(certificate.issuer)`,
  keyLength: sql`certificate.key_bits`,
  keyType: sql`certificate.key_type`,
  lastSeen,
  outcome: sql`outcome.name`,
  port: sql`endpoint.port`,
  protocol: sql`endpoint.protocol`,
  serverName: sql`lower(nullif(endpoint.server_name, ''))`,
  state: sql`current.state`,
  stateSince: sql`current.state_since`,
  tlsVersion: sql`handshake.version`,
};

/** The chains that hold a certificate, at any place. */
function chainsWith(fingerprint: string) {
  return expressionBuilder<InventorySchema, never>()
    .selectFrom('chain_certificate as link')
    .innerJoin('certificate as asked', 'asked.id', 'link.certificate_id')
    .select('link.chain_id')
    .where('asked.sha256', '=', decodeHex(fingerprint));
}

/** What a filter asks of the rows that are joined. */
export function conditions(where: RecordFilter, { status }: ObservationFindings): Expression<SqlBool> {
  const eb = expressionBuilder<InventorySchema, keyof InventorySchema>();
  const all: Expression<SqlBool>[] = [];
  if (where.statuses) all.push(eb(status, 'in', where.statuses));
  if (where.outcomes) all.push(eb('outcome.name', 'in', where.outcomes));
  if (where.port !== undefined) all.push(eb('endpoint.port', '=', where.port));
  if (where.protocol !== undefined) all.push(eb('endpoint.protocol', '=', where.protocol));
  if (where.expiresBefore !== undefined)
    all.push(eb('certificate.not_after', '<', Date.parse(where.expiresBefore)));
  if (where.host !== undefined) {
    const name = where.host.toLowerCase();
    all.push(
      eb.or([
        eb('endpoint.address', '=', encodeAddressBytes(name)),
        eb(sql`lower(endpoint.host)`, '=', name),
        eb(sql`lower(endpoint.server_name)`, '=', name),
      ]),
    );
  }
  if (where.findings)
    all.push(
      eb.or([
        eb.exists(
          eb
            .selectFrom('judgement_finding as found')
            .innerJoin('finding_rule', 'finding_rule.id', 'found.rule_id')
            .select('found.position')
            .whereRef('found.judgement_id', '=', 'observation.judgement_id')
            .where('finding_rule.name', 'in', where.findings),
        ),
        hasCertificateFinding(where.findings),
      ]),
    );
  if (where.fingerprint !== undefined)
    all.push(
      // Narrows down where to look; an endpoint may have presented the chain at another time only.
      eb(
        'observation.endpoint_id',
        'in',
        eb
          .selectFrom('endpoint_chain')
          .select('endpoint_chain.endpoint_id')
          .where('endpoint_chain.chain_id', 'in', chainsWith(where.fingerprint)),
      ),
      eb.or([
        eb('observation.chain_id', 'in', chainsWith(where.fingerprint)),
        eb(
          'observation.posture_id',
          'in',
          eb
            .selectFrom('posture_chain')
            .select('posture_chain.posture_id')
            .where('posture_chain.chain_id', 'in', chainsWith(where.fingerprint)),
        ),
      ]),
    );
  return eb.and(all);
}
