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
import { currentObservationSource, rowObservationSource } from './observation-source.js';
import { presentsChain } from './presents-chain.js';
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
    };
  }
}

const SORT_KEYS: Readonly<Record<CertificateSortKey, RawBuilder<unknown>>> = {
  commonName: sql`lower(certificate.common_name)`,
  endpoints: sql`view.endpoints`,
  expires: sql`certificate.not_after`,
  firstSeen: sql`first_seen`,
  fingerprint: sql`certificate.sha256`,
  issued: sql`certificate.not_before`,
  issuer: sql`lower(certificate.issuer)`,
  keyLength: sql`certificate.key_bits`,
  keyType: sql`certificate.key_type`,
  lastSeen: sql`last_seen`,
};

/** The first or last time at which any endpoint presented `certificate`, at any place of a chain. */
function presentedAt(end: 'min' | 'max'): RawBuilder<number> {
  return sql`(
    select ${sql.raw(end)}(other.observed_at)
    from chain_certificate as presented
    inner join endpoint_chain on endpoint_chain.chain_id = presented.chain_id
    inner join observation as other on ${presentsChain('other')}
    where presented.certificate_id = certificate.id)`;
}

/** Answers to queries about certificates, from the rows that `selectCertificates` joins. */
export function certificateListColumns(now: Date, annotation: RawBuilder<unknown>): FieldColumns {
  return {
    ...certificateFieldColumns(now),
    ...annotationFieldColumns(annotation),
    endpoints: value(sql`view.endpoints`),
    firstSeen: value(presentedAt('min')),
    lastSeen: value(presentedAt('max')),
  };
}

function selectCertificates(
  db: Kysely<InventorySchema>,
  query: CertificateQuery,
  annotation: RawBuilder<string | null>,
) {
  const source =
    query.run === undefined ? currentObservationSource(db, 'counting') : rowObservationSource(db);
  let current = source.innerJoin('scan_run', 'scan_run.id', 'observation.run_id');
  if (query.run !== undefined) current = current.where(isLastOfRun(query.run));
  const presented = current
    .select(['observation.endpoint_id', 'observation.chain_id'])
    .unionAll(
      current
        .innerJoin('posture_chain', 'posture_chain.posture_id', 'observation.posture_id')
        .select(['observation.endpoint_id', 'posture_chain.chain_id']),
    );
  let view = db
    .selectFrom(presented.as('presented'))
    .innerJoin('chain_certificate as link', 'link.chain_id', 'presented.chain_id')
    .select('link.certificate_id')
    .select((eb) => eb.fn.count<number>('presented.endpoint_id').distinct().as('endpoints'))
    .groupBy('link.certificate_id');
  if (!query.withChains) view = view.where('link.position', '=', 0);
  let select = db
    .selectFrom('certificate')
    .innerJoin(view.as('view'), 'view.certificate_id', 'certificate.id')
    .select(CERTIFICATE_FACTS.map((column) => `certificate.${column}` as const))
    .select(['view.endpoints', annotation.as('annotation')])
    .select([presentedAt('min').as('first_seen'), presentedAt('max').as('last_seen')])
    .where('certificate.subject', 'is not', null);
  if (query.fingerprint !== undefined)
    select = select.where('certificate.sha256', '=', decodeHex(query.fingerprint));
  if (query.expiresBefore !== undefined)
    select = select.where('certificate.not_after', '<', Date.parse(query.expiresBefore));
  if (query.matching) {
    const { matching } = query;
    select = select.where(compileCondition(matching, certificateListColumns(matching.now, annotation)));
  }
  for (const { by, descending } of query.sort ?? [{ by: 'expires' }]) {
    const key = SORT_KEYS[by];
    select = select.orderBy(sql`${key} is null`).orderBy(key, descending ? 'desc' : 'asc');
  }
  select = select.orderBy('certificate.sha256');
  return query.limit === undefined ? select : select.limit(query.limit);
}
