import type { Database } from 'better-sqlite3';
import { type InferResult, type Kysely, type RawBuilder, sql } from 'kysely';
import { type Annotation, NO_ANNOTATION } from '../model/annotation.js';
import type { Finding } from '../model/finding.js';
import type { InventoryRecord } from '../model/inventory-record.js';
import { prepareAcceptFindings } from './accept-findings.js';
import { addAnnotationFunctions } from './annotation-functions.js';
import { joinCertificateFindings, prepareCertificateFindings } from './certificate-findings.js';
import { fromCertificateRow } from './certificate-row.js';
import { fromEndpointRow } from './endpoint-row.js';
import { encodeHex } from './hex.js';
import { listCurrentRecords } from './list-current-records.js';
import { prepareChain } from './prepare-chain.js';
import { type Annotations, readAnnotations } from './read-annotations.js';
import type { RecordQuery } from './record-query.js';
import { rememberLatest } from './remember-latest.js';
import type { InventorySchema } from './schema.js';
import { selectRecords, showsView } from './select-records.js';
import { DIGEST_BYTES, splitDigests } from './split-digests.js';

/** A row of `selectRecords`. */
export type RecordRow = InferResult<ReturnType<typeof selectRecords>>[number];

/** Reads the records that are asked for, one at a time; the connection must be the caller's alone until it ends. */
export function* listRecords(
  database: Database,
  db: Kysely<InventorySchema>,
  query: RecordQuery,
): Generator<InventoryRecord> {
  const annotations = readAnnotations(database);
  if (showsView(query) && !query.withOutcomes && !query.endpoint) {
    yield* listCurrentRecords(database, db, query, annotations);
    return;
  }
  const readRecord = prepareReadRecord(database, db, annotations, query.now ?? query.matching?.now);
  const { sql: text, parameters } = selectRecords(db, query, annotations).compile();
  const statement = database.prepare<unknown[], RecordRow>(text);
  for (const row of statement.iterate(...parameters)) yield readRecord(row);
}

/** Prepares making records of the rows that are selected; `now` is the moment for which people accept findings. */
export function prepareReadRecord(
  database: Database,
  db: Kysely<InventorySchema>,
  annotations: Annotations,
  now: Date | undefined,
): (row: RecordRow) => InventoryRecord {
  const chains = rememberLatest(prepareChain(database, db));
  const findings = rememberLatest(prepareFindings(database, db));
  const certificateFindings = rememberLatest(prepareCertificateFindings(database, db));
  const annotationOf = rememberLatest((json: string): Annotation => JSON.parse(json));
  addAnnotationFunctions(database, annotations.rules);
  const accept = prepareAcceptFindings(database, annotations, now);
  return (row) => {
    const { chain_id: chain, observed_at: observedAt } = row;
    const annotation = row.annotation === null ? NO_ANNOTATION : annotationOf(row.annotation);
    const own = findings(row.judgement_id);
    const all = chain === null ? own : joinCertificateFindings(own, certificateFindings(chain));
    return toRecord(
      row,
      chain === null ? [] : chains(chain),
      accept(all, annotation, observedAt),
      annotation,
    );
  };
}

/** Few sets of names are shared by all. */
const trustStoresOf = rememberLatest((json: string): readonly string[] => JSON.parse(json));

function toRecord(
  row: RecordRow,
  presentedChain: readonly string[],
  findings: readonly Finding[],
  { notes, owner, tags, unused }: Annotation,
): InventoryRecord {
  const observedAt = new Date(row.observed_at).toISOString();
  return {
    run: row.run,
    observedAt,
    endpoint: fromEndpointRow(row),
    outcome: row.outcome,
    failure:
      row.stage === null || row.code === null
        ? null
        : { stage: row.stage, code: row.code, detail: row.detail ?? '' },
    greeting: row.greeting,
    plaintextAfterGoAhead: row.after_go_ahead,
    handshake:
      row.version === null
        ? null
        : {
            version: row.version,
            cipherSuite: row.cipher_suite,
            group: row.key_exchange_group,
            compression: row.compression,
            presentedChain,
            stapledOcsp: row.stapled_ocsp,
          },
    certificate: fromCertificateRow(row),
    path: {
      status: row.path_status,
      trustStores: trustStoresOf(row.trust_stores),
      certificates: splitDigests(row.fingerprints, row.path_length),
      reason: row.path_reason,
    },
    posture: row.posture === null ? null : JSON.parse(row.posture),
    findings,
    status: row.status,
    grade: row.grade,
    grades: row.grading === null ? null : JSON.parse(row.grading),
    firstSeen: new Date(row.first_seen).toISOString(),
    lastScan: new Date(row.last_scan).toISOString(),
    lastSeen: toTime(row.last_seen),
    state: row.state,
    stateSince: toTime(row.state_since),
    owner,
    tags,
    notes,
    unused: unused === true,
  };
}

function toTime(milliseconds: number | null): string | null {
  return milliseconds === null ? null : new Date(milliseconds).toISOString();
}

const subject: RawBuilder<Uint8Array | null> = sql`
  substr(judgement.fingerprints, found.subject * ${sql.lit(DIGEST_BYTES)} + 1, ${sql.lit(DIGEST_BYTES)})`;

function prepareFindings(
  database: Database,
  db: Kysely<InventorySchema>,
): (id: number) => readonly Finding[] {
  const select = db
    .selectFrom('judgement_finding as found')
    .innerJoin('finding_rule as rule', 'rule.id', 'found.rule_id')
    .innerJoin('judgement', 'judgement.id', 'found.judgement_id')
    .leftJoin('waiver', 'waiver.id', 'found.waiver_id')
    .select(['waiver.owner', 'waiver.reason', 'waiver.until'])
    .select(['rule.name', 'rule.severity', 'found.message', 'rule.advice', 'rule.citation'])
    .select(subject.as('subject'))
    .where('found.judgement_id', '=', 0)
    .orderBy('found.position');
  type FindingRow = InferResult<typeof select>[number];
  const statement = database.prepare<[number], FindingRow>(select.compile().sql);
  return (id) =>
    statement.all(id).map(({ name, severity, subject, message, advice, citation, owner, reason, until }) => ({
      id: name,
      severity,
      subject: subject && encodeHex(subject),
      message,
      advice,
      citation,
      ...(owner !== null &&
        reason !== null &&
        until !== null && { waived: { owner, reason, until: new Date(until).toISOString() } }),
    }));
}
