import type { Database } from 'better-sqlite3';
import type { Kysely } from 'kysely';
import { type Annotation, NO_ANNOTATION } from '../model/annotation.js';
import type { Certificate } from '../model/certificate.js';
import type { Endpoint } from '../model/endpoint.js';
import type { Failure } from '../model/failure.js';
import type { Finding } from '../model/finding.js';
import type { Grades } from '../model/grades.js';
import type { Outcome } from '../model/outcome.js';
import type { PathStatus } from '../model/path.js';
import { prepareAcceptFindings } from './accept-findings.js';
import { annotationOfEndpoint } from './annotation-columns.js';
import { addAnnotationFunctions } from './annotation-functions.js';
import { joinCertificateFindings, prepareCertificateFindings } from './certificate-findings.js';
import { prepareEntryFacts } from './entry-facts.js';
import { areNoAnnotations, readAnnotations } from './read-annotations.js';
import { rememberLatest } from './remember-latest.js';
import type { InventorySchema } from './schema.js';
import { selectRowRecords } from './select-records.js';
import type { ViewEntry } from './view-entry.js';

// Why not the records that lists are made of: who compares needs a part of them, for tens of thousands of entries at a
// time, and has the numbers of their facts at hand. What is asked seldom is read when it is asked.

/** What an entry tells of its endpoint, as far as comparisons look at it. */
export interface EntryRecord {
  readonly endpoint: Endpoint;
  /** UUID. */
  readonly run: string;
  /** UTC ISO-8601. */
  readonly observedAt: string;
  readonly outcome: Outcome;
  readonly failure: Failure | null;
  /** SHA-256, hex, of the certificate that was presented; null: none was. */
  readonly leaf: string | null;
  /** Null: there is no leaf, or none that can be read. */
  readonly certificate: Certificate | null;
  readonly path: PathStatus;
  readonly grade: string | null;
  /** Waived ones among them. */
  readonly findings: readonly Finding[];
  readonly owner: string | null;
  readonly tags: readonly string[];
  /** What the grade comes from; null: nothing was graded. */
  readonly grades: () => Grades | null;
  /** All that judgements rest on but the moment, as a text that is the same for the same facts in any inventory. */
  readonly facts: () => string;
}

/** Reads records of entries. */
export interface EntryRecords {
  /** Reads what some entries, no more than `ENTRIES_AT_ONCE`, will be asked for at once. */
  load(entries: readonly ViewEntry[]): void;
  /** Reads the record of an entry, whose endpoint is known already. */
  read(entry: ViewEntry, endpoint: Endpoint): EntryRecord;
}

/** Prepares reading records of entries; people accept findings as of `now`. */
export function prepareEntryRecords(
  database: Database,
  db: Kysely<InventorySchema>,
  now: Date,
): EntryRecords {
  const annotations = readAnnotations(database);
  addAnnotationFunctions(database, annotations.rules);
  const accept = prepareAcceptFindings(database, annotations, now);
  const annotationOf = areNoAnnotations(annotations)
    ? () => NO_ANNOTATION
    : prepareAnnotation(database, db, annotations);
  const runOf = rememberLatest(prepareRun(database));
  const outcomeOf = rememberLatest(prepareOutcome(database));
  const { judgementOf, leafOf, load } = prepareEntryFacts(database);
  const certificateFindingsOf = hasCertificateFindings(database)
    ? rememberLatest(prepareCertificateFindings(database, db))
    : () => [];
  const gradesOf = prepareGrades(database);
  const factsOf = prepareFacts(database);

  function read(entry: ViewEntry, endpoint: Endpoint): EntryRecord {
    const { chainId, judgementId, observedAt, outcomeId, runId } = entry;
    const leaf = chainId === null ? null : leafOf(chainId);
    const { findings: own, grade, gradingId, path } = judgementOf(judgementId);
    const annotation = annotationOf(entry);
    const findings = chainId === null ? own : joinCertificateFindings(own, certificateFindingsOf(chainId));
    return {
      endpoint,
      run: runOf(runId),
      observedAt: new Date(observedAt).toISOString(),
      ...outcomeOf(outcomeId),
      leaf: leaf?.sha256 ?? null,
      certificate: leaf?.certificate ?? null,
      path,
      grade,
      findings: accept(findings, annotation, observedAt),
      owner: annotation.owner,
      tags: annotation.tags,
      grades: () => (gradingId === null ? null : gradesOf(gradingId)),
      facts: () => factsOf(entry),
    };
  }
  return { load, read };
}

function prepareAnnotation(
  database: Database,
  db: Kysely<InventorySchema>,
  annotations: ReturnType<typeof readAnnotations>,
): (entry: ViewEntry) => Annotation {
  const parsed = rememberLatest((json: string): Annotation => JSON.parse(json));
  const { sql: text, parameters } = selectRowRecords(db, {}, annotations)
    .clearSelect()
    .select(annotationOfEndpoint(annotations).as('annotation'))
    .where('observation.endpoint_id', '=', 0)
    .where('observation.run_id', '=', 0)
    .where('observation.observed_at', '=', 0)
    .compile();
  const own = parameters.slice(0, -3);
  const statement = database.prepare<unknown[], string | null>(text).pluck();
  return ({ endpointId, observedAt, runId }) => {
    const json = endpointId === null ? null : statement.get(...own, endpointId, runId, observedAt);
    return json == null ? NO_ANNOTATION : parsed(json);
  };
}

function prepareRun(database: Database): (id: number) => string {
  const statement = database.prepare<[number], string>('select uuid from scan_run where id = ?').pluck();
  return (id) => statement.get(id) ?? '';
}

function prepareOutcome(database: Database): (id: number) => Pick<EntryRecord, 'failure' | 'outcome'> {
  const statement = database.prepare<
    [number],
    { name: Outcome; stage: Failure['stage'] | null; code: string | null; detail: string | null }
  >('select name, stage, code, detail from outcome where id = ?');
  return (id) => {
    const row = statement.get(id);
    if (row === undefined) throw new Error(`there is no outcome ${id}`);
    const { code, detail, name, stage } = row;
    return {
      outcome: name,
      failure: stage === null || code === null ? null : { stage, code, detail: detail ?? '' },
    };
  };
}

function prepareGrades(database: Database): (id: number) => Grades | null {
  const statement = database.prepare<[number], string>('select content from grading where id = ?').pluck();
  return (id) => JSON.parse(statement.get(id) ?? 'null');
}

/** Few inventories have any: most need not look for them. */
function hasCertificateFindings(database: Database): boolean {
  return database.prepare('select exists (select 1 from certificate_finding)').pluck().get() === 1;
}

function prepareFacts(database: Database): (entry: ViewEntry) => string {
  const statement = database
    .prepare<[number | null, number, number], string>(
      `select json_array(outcome.name, hex(chain.content_hash), hex(handshake.content_hash),
        hex(posture.content_hash), judgement.stapled_ocsp)
      from observation
      inner join outcome on outcome.id = observation.outcome_id
      inner join judgement on judgement.id = observation.judgement_id
      left join chain on chain.id = observation.chain_id
      left join handshake on handshake.id = observation.handshake_id
      left join posture on posture.id = observation.posture_id
      where observation.endpoint_id = ? and observation.run_id = ? and observation.observed_at = ?`,
    )
    .pluck();
  return ({ endpointId, observedAt, outcomeId, runId }) =>
    statement.get(endpointId, runId, observedAt) ?? `outcome ${outcomeId}`;
}
