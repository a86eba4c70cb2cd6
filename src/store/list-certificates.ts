import type { Database } from 'better-sqlite3';
import { type InferResult, type Kysely, type RawBuilder, sql } from 'kysely';
import { type Annotation, NO_ANNOTATION } from '../model/annotation.js';
import type { CertificateRecord } from '../model/certificate-record.js';
import type { Matching } from '../query/query.js';
import { annotationFieldColumns, annotationOfCertificate } from './annotation-columns.js';
import { addAnnotationFunctions } from './annotation-functions.js';
import { certificateFieldColumns, value } from './certificate-field-columns.js';
import { CERTIFICATE_FACTS, fromCertificateRow } from './certificate-row.js';
import { compileCondition } from './compile-condition.js';
import type { FieldColumns } from './field-column.js';
import { decodeHex } from './hex.js';
import { prepareListDeployed } from './list-deployed.js';
import { rowObservationSource } from './observation-source.js';
import { presentsChain } from './presents-chain.js';
import { PROVISIONAL_RUNS } from './provisional-runs.js';
import { readAnnotations } from './read-annotations.js';
import type { SortOrder } from './record-query.js';
import { rememberLatest } from './remember-latest.js';
import type { InventorySchema } from './schema.js';
import { isLastOfRun } from './select-records.js';

/** What certificates can be sorted by. */
export const CERTIFICATE_SORT_KEYS = [
  'commonName',
  'endpoints',
  'expires',
  'firstSeen',
  'fingerprint',
  'issued',
  'issuer',
  'keyLength',
  'keyType',
  'lastSeen',
] as const;

/** One thing to sort certificates by. */
export type CertificateSortKey = (typeof CERTIFICATE_SORT_KEYS)[number];

/** Which certificates to show, and in which order. */
export interface CertificateQuery {
  /** Those presented in one scan run; default: those that endpoints present now, as far as is known. */
  readonly run?: string;
  /** Also those above the leaves; default: leaves only. */
  readonly withChains?: boolean;
  /** SHA-256, hex. */
  readonly fingerprint?: string;
  /** UTC ISO-8601: the last moment is earlier. */
  readonly expiresBefore?: string;
  /** What certificates must match besides. */
  readonly matching?: Matching;
  /** Default: by expiry, soonest first; fingerprints settle what is equal otherwise. */
  readonly sort?: readonly SortOrder<CertificateSortKey>[];
  readonly limit?: number;
  /** Also tell where each is now, of endpoints no more than so many. */
  readonly maxDeployments?: number;
}

/** Reads the certificates that are asked for, one at a time; what could not be read as a certificate is left out. */
export function* listCertificates(
  database: Database,
  db: Kysely<InventorySchema>,
  query: CertificateQuery,
): Generator<CertificateRecord> {
  const annotations = readAnnotations(database);
  addAnnotationFunctions(database, annotations.rules);
  const annotationOf = rememberLatest((json: string): Annotation => JSON.parse(json));
  const select = selectCertificates(db, query, annotationOfCertificate(annotations));
  const { sql: text, parameters } = select.compile();
  const statement = database.prepare<unknown[], InferResult<typeof select>[number]>(text);
  const { maxDeployments } = query;
  const deployments = maxDeployments === undefined ? null : prepareListDeployed(database, maxDeployments);
  for (const row of statement.iterate(...parameters)) {
    const certificate = fromCertificateRow(row);
    if (!certificate) continue;
    const { notes, owner, tags, unused } =
      row.annotation === null ? NO_ANNOTATION : annotationOf(row.annotation);
    yield {
      certificate,
      endpoints: row.endpoints,
      firstSeen: new Date(row.first_seen).toISOString(),
      lastSeen: new Date(row.last_seen).toISOString(),
      owner,
      tags,
      notes,
      unused: unused === true,
      ...(deployments && { deployments: deployments(certificate.fingerprintSha256) }),
    };
  }
}

/** By what a page is chosen; `seen` says when a certificate was presented, which is never unknown. */
function orderBy(
  { sort = [{ by: 'expires' }] }: CertificateQuery,
  seen: Readonly<Record<'firstSeen' | 'lastSeen', RawBuilder<unknown>>>,
): RawBuilder<unknown> {
  const keys = sort.flatMap(({ by, descending }) => {
    const direction = descending ? sql`desc` : sql`asc`;
    if (by === 'firstSeen' || by === 'lastSeen') return [sql`${seen[by]} ${direction}`];
    return [sql`${SORT_KEYS[by]} is null`, sql`${SORT_KEYS[by]} ${direction}`];
  });
  return sql.join([...keys, sql`certificate.sha256`]);
}

const SORT_KEYS: Readonly<
  Record<Exclude<CertificateSortKey, 'firstSeen' | 'lastSeen'>, RawBuilder<unknown>>
> = {
  commonName: sql`lower(certificate.common_name)`,
  endpoints: sql`view.endpoints`,
  expires: sql`certificate.not_after`,
  fingerprint: sql`certificate.sha256`,
  issued: sql`certificate.not_before`,
  issuer: sql`lower(certificate.issuer)`,
  keyLength: sql`certificate.key_bits`,
  keyType: sql`certificate.key_type`,
};

/**
 * The first or last time at which any endpoint presented `certificate`, at any place of a chain; in a provisional run only
 * where that is asked for.
 */
function presentedAt(end: 'min' | 'max', { run = '' }: Pick<CertificateQuery, 'run'>): RawBuilder<number> {
  return sql`(
    select ${sql.raw(end)}(other.observed_at)
    from chain_certificate as presented
    inner join endpoint_chain on endpoint_chain.chain_id = presented.chain_id
    inner join observation as other on ${presentsChain('other')}
    where presented.certificate_id = certificate.id and (
      other.run_id not in ${sql.raw(PROVISIONAL_RUNS)}
      or other.run_id = (select id from scan_run where uuid = ${run})))`;
}

/** Answers to queries about certificates, from the rows that `selectCertificates` joins. */
export function certificateListColumns(
  now: Date,
  annotation: RawBuilder<unknown>,
  query: Pick<CertificateQuery, 'run'> = {},
): FieldColumns {
  return {
    ...certificateFieldColumns(now),
    ...annotationFieldColumns(annotation),
    endpoints: value(sql`view.endpoints`),
    firstSeen: value(presentedAt('min', query)),
    lastSeen: value(presentedAt('max', query)),
  };
}

// Why there are two steps: SQLite works out all that is selected of each row before it sorts them, and when a
// certificate was seen is a look at all its observations. So a page is chosen from as little as that takes, and what is
// told of its certificates is worked out for them alone.

function selectCertificates(
  db: Kysely<InventorySchema>,
  query: CertificateQuery,
  annotation: RawBuilder<string | null>,
) {
  return db
    .selectFrom(selectPage(db, query, annotation).as('view'))
    .innerJoin('certificate', 'certificate.id', 'view.certificate_id')
    .select(CERTIFICATE_FACTS.map((column) => `certificate.${column}` as const))
    .select(['view.endpoints', annotation.as('annotation')])
    .select([presentedAt('min', query).as('first_seen'), presentedAt('max', query).as('last_seen')])
    .orderBy(orderBy(query, { firstSeen: sql`first_seen`, lastSeen: sql`last_seen` }));
}

/** The numbers of the certificates that are asked for, with how many endpoints present each. */
function selectPage(
  db: Kysely<InventorySchema>,
  query: CertificateQuery,
  annotation: RawBuilder<string | null>,
) {
  let select = db
    .selectFrom(countEndpoints(db, query).as('view'))
    .innerJoin('certificate', 'certificate.id', 'view.certificate_id')
    .select(['view.certificate_id', 'view.endpoints'])
    .where('certificate.subject', 'is not', null);
  if (query.fingerprint !== undefined)
    select = select.where('certificate.sha256', '=', decodeHex(query.fingerprint));
  if (query.expiresBefore !== undefined)
    select = select.where('certificate.not_after', '<', Date.parse(query.expiresBefore));
  if (query.matching) {
    const { matching } = query;
    select = select.where(
      compileCondition(matching, certificateListColumns(matching.now, annotation, query)),
    );
  }
  if (query.limit === undefined) return select;
  const seen = { firstSeen: presentedAt('min', query), lastSeen: presentedAt('max', query) };
  return select.orderBy(orderBy(query, seen)).limit(query.limit);
}

function countEndpoints(db: Kysely<InventorySchema>, { run, withChains }: CertificateQuery) {
  const presented =
    run === undefined ? presentedNow(withChains === true) : presentedInRun(db, run, withChains === true);
  return db
    .selectFrom(presented.as('presented'))
    .select('presented.certificate_id')
    .select((eb) => eb.fn.count<number>('presented.endpoint_id').distinct().as('endpoints'))
    .groupBy('presented.certificate_id');
}

/** Who presents what: a pair may come more than once. */
interface Presented {
  readonly endpoint_id: number;
  readonly certificate_id: number;
}

/** The leaves of handshakes stand in an index; chains for other clients are few, and found from their own end. */
function presentedNow(withChains: boolean): RawBuilder<Presented> {
  const ofHandshakes = withChains
    ? sql`select current.endpoint_id, link.certificate_id from current_endpoint as current
        inner join chain_certificate as link on link.chain_id = current.chain_id`
    : sql`select endpoint_id, certificate_id from current_endpoint where certificate_id is not null`;
  return sql`(${ofHandshakes}
    union all
    select current.endpoint_id, link.certificate_id
    from (select distinct chain_id from posture_chain) as other
    cross join endpoint_chain on endpoint_chain.chain_id = other.chain_id
    cross join current_endpoint as current on current.endpoint_id = endpoint_chain.endpoint_id
    cross join observation on observation.endpoint_id = current.endpoint_id
      and observation.run_id = current.run_id and observation.observed_at = current.observed_at
    cross join posture_chain
      on posture_chain.posture_id = observation.posture_id and posture_chain.chain_id = other.chain_id
    cross join chain_certificate as link on link.chain_id = other.chain_id
    where ${withChains ? sql`1 = 1` : sql`link.position = 0`})`;
}

function presentedInRun(
  db: Kysely<InventorySchema>,
  run: string,
  withChains: boolean,
): RawBuilder<Presented> {
  const ofRun = rowObservationSource(db)
    .innerJoin('scan_run', 'scan_run.id', 'observation.run_id')
    .where(isLastOfRun(run));
  const chains = ofRun
    .select(['observation.endpoint_id', 'observation.chain_id'])
    .unionAll(
      ofRun
        .innerJoin('posture_chain', 'posture_chain.posture_id', 'observation.posture_id')
        .select(['observation.endpoint_id', 'posture_chain.chain_id']),
    );
  return sql`(select chains.endpoint_id, link.certificate_id from (${chains}) as chains
    inner join chain_certificate as link on link.chain_id = chains.chain_id
    where ${withChains ? sql`1 = 1` : sql`link.position = 0`})`;
}
