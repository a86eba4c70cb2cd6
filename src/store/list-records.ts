import type { Database } from 'better-sqlite3';
import type { InferResult, Kysely } from 'kysely';
import { type Annotation, NO_ANNOTATION } from '../model/annotation.js';
import { expireVerdict, type Verdict } from '../model/expired.js';
import type { Finding } from '../model/finding.js';
import type { Grades } from '../model/grades.js';
import type { InventoryRecord } from '../model/inventory-record.js';
import { prepareAcceptFindings } from './accept-findings.js';
import { addAnnotationFunctions } from './annotation-functions.js';
import { joinCertificateFindings, prepareCertificateFindings } from './certificate-findings.js';
import { fromCertificateRow } from './certificate-row.js';
import { fromEndpointRow } from './endpoint-row.js';
import { encodeHex } from './hex.js';
import { prepareJudgementFindings } from './judgement-findings.js';
import { listCurrentRecords } from './list-current-records.js';
import { readFailure } from './observation-facts.js';
import { prepareChain } from './prepare-chain.js';
import { type Annotations, readAnnotations } from './read-annotations.js';
import type { RecordQuery } from './record-query.js';
import { rememberLatest } from './remember-latest.js';
import type { InventorySchema } from './schema.js';
import { selectRecords, showsView } from './select-records.js';
import { splitDigests } from './split-digests.js';

/** A row of `selectRecords`. */
export type RecordRow = InferResult<ReturnType<typeof selectRecords>>[number];

/** Records that are handed over at once: few enough that the first are there at once. */
const RECORDS_AT_ONCE = 64;

/** Reads the records that are asked for, some at a time; the connection must be the caller's alone until it ends. */
export function* listRecords(
  database: Database,
  db: Kysely<InventorySchema>,
  query: RecordQuery,
): Generator<readonly InventoryRecord[]> {
  const annotations = readAnnotations(database);
  if (isOfCurrentRows(query)) {
    yield* listCurrentRecords(database, db, query, annotations);
    return;
  }
  const readRecord = prepareReadRecord(database, db, annotations, query.now ?? query.matching?.now);
  const { sql: text, parameters } = selectRecords(db, query, annotations).compile();
  const statement = database.prepare<unknown[], RecordRow>(text);
  let records: InventoryRecord[] = [];
  for (const row of statement.iterate(...parameters)) {
    records.push(readRecord(row));
    if (records.length < RECORDS_AT_ONCE) continue;
    yield records;
    records = [];
  }
  yield records;
}

/** Whether `current_endpoint` has all that is asked for. */
export function isOfCurrentRows(query: RecordQuery): boolean {
  return showsView(query) && !query.withOutcomes && !query.endpoint;
}

/** Prepares making records of the rows that are selected; `now` is the moment for which people accept findings. */
export function prepareReadRecord(
  database: Database,
  db: Kysely<InventorySchema>,
  annotations: Annotations,
  now: Date | undefined,
): (row: RecordRow) => InventoryRecord {
  const chains = rememberLatest(prepareChain(database, db));
  const findings = rememberLatest(prepareJudgementFindings(database));
  const certificateFindings = rememberLatest(prepareCertificateFindings(database, db));
  const annotationOf = rememberLatest((json: string): Annotation => JSON.parse(json));
  addAnnotationFunctions(database, annotations.rules);
  const accept = prepareAcceptFindings(database, annotations, now);
  return (row) => {
    const { chain_id: chain, observed_at: observedAt } = row;
    const annotation = row.annotation === null ? NO_ANNOTATION : annotationOf(row.annotation);
    const own = findings(row.judgement_id);
    const all = chain === null ? own : joinCertificateFindings(own, certificateFindings(chain));
    const verdict = expire(row, all, now);
    const accepted = accept(verdict.findings, annotation, observedAt);
    return toRecord(row, chain === null ? [] : chains(chain), { ...verdict, findings: accepted }, annotation);
  };
}

/** What the verdict has become by now, of what is true now; the status is that already. */
function expire(row: RecordRow, findings: readonly Finding[], now: Date | undefined): Verdict {
  const { grade, judged, not_after: notAfter, sha256, status } = row;
  const grades: Grades | null = row.grading === null ? null : JSON.parse(row.grading);
  const verdict = { findings, grade, grades, status };
  if (now === undefined || notAfter === null || status !== 'Expired' || judged === status) return verdict;
  return expireVerdict(verdict, { fingerprintSha256: sha256 && encodeHex(sha256), notAfter }, now);
}

/** Few sets of names are shared by all. */
const trustStoresOf = rememberLatest((json: string): readonly string[] => JSON.parse(json));

function toRecord(
  row: RecordRow,
  presentedChain: readonly string[],
  { findings, grade, grades, status }: Verdict,
  { notes, owner, tags, unused }: Annotation,
): InventoryRecord {
  const observedAt = new Date(row.observed_at).toISOString();
  return {
    run: row.run,
    observedAt,
    endpoint: fromEndpointRow(row),
    outcome: row.outcome,
    failure: readFailure(row),
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
    status,
    grade,
    grades,
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
