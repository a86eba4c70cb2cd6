import type { Database } from 'better-sqlite3';
import type { Certificate } from '../model/certificate.js';
import type { Failure } from '../model/failure.js';
import type { Finding } from '../model/finding.js';
import type { Grades } from '../model/grades.js';
import type { Outcome } from '../model/outcome.js';
import type { Path, PathStatus } from '../model/path.js';
import type { Posture } from '../model/posture.js';
import { CERTIFICATE_FACTS, type CertificateFacts, fromCertificateRow } from './certificate-row.js';
import { prepareJudgementFindings } from './judgement-findings.js';
import { rememberLatest } from './remember-latest.js';
import { rememberMany } from './remember-many.js';
import { splitDigests } from './split-digests.js';

/** What a judgement adds to a record. */
export interface JudgementFacts {
  readonly findings: readonly Finding[];
  readonly grade: string | null;
  readonly grades: Grades | null;
  readonly path: Path;
  readonly stapledOcsp: string | null;
}

/** What a handshake's own row adds to a record. */
export interface HandshakeFacts {
  readonly version: string;
  readonly cipherSuite: string | null;
  readonly group: string | null;
  readonly compression: string | null;
}

/** Reads the facts that records refer to by number; one that was read is there for the next record. */
export interface CurrentFacts {
  /** Certificates that could be read. */
  certificatesOf(ids: Iterable<number>): ReadonlyMap<number, Certificate>;
  judgementsOf(ids: Iterable<number>): ReadonlyMap<number, JudgementFacts>;
  handshakeOf(id: number): HandshakeFacts;
  outcomeOf(id: number): { readonly outcome: Outcome; readonly failure: Failure | null };
  plainTalkOf(id: number): { readonly greeting: string | null; readonly afterGoAhead: string | null };
  postureOf(id: number): Posture;
  runOf(id: number): string;
}

/** Prepares reading facts over a connection. */
export function prepareCurrentFacts(database: Database): CurrentFacts {
  return {
    certificatesOf: rememberMany(prepareCertificates(database)),
    judgementsOf: rememberMany(prepareJudgements(database)),
    handshakeOf: rememberLatest(prepareHandshake(database)),
    outcomeOf: rememberLatest(prepareOutcome(database)),
    plainTalkOf: rememberLatest(preparePlainTalk(database)),
    postureOf: rememberLatest(preparePosture(database)),
    runOf: rememberLatest(prepareRun(database)),
  };
}

function prepareCertificates(database: Database) {
  const statement = database.prepare<[string], CertificateFacts & { readonly id: number }>(
    `select certificate.id, ${CERTIFICATE_FACTS.map((column) => `certificate.${column}`).join(', ')}
    from json_each(?) as ids cross join certificate on certificate.id = ids.value`,
  );
  return function* (ids: readonly number[]): Generator<readonly [number, Certificate]> {
    for (const row of statement.all(JSON.stringify(ids))) {
      const certificate = fromCertificateRow(row);
      if (certificate) yield [row.id, certificate];
    }
  };
}

type JudgementRow = readonly [
  id: number,
  grade: string | null,
  gradingId: number | null,
  status: PathStatus,
  trustStores: string,
  fingerprints: Uint8Array,
  pathLength: number,
  reason: string | null,
  stapledOcsp: string | null,
  hasFindings: number,
];

function prepareJudgements(database: Database) {
  const statement = database
    .prepare<[string], JudgementRow>(
      `select judgement.id, grade, grading_id, path_status, trust_stores, fingerprints, path_length, path_reason,
        stapled_ocsp, exists (select 1 from judgement_finding as found where found.judgement_id = judgement.id)
      from json_each(?) as ids cross join judgement on judgement.id = ids.value`,
    )
    .raw();
  const findingsOf = prepareJudgementFindings(database);
  const gradesOf = rememberLatest(prepareGrades(database));
  const trustStoresOf = rememberLatest((json: string): readonly string[] => JSON.parse(json));
  return (ids: readonly number[]) => statement.all(JSON.stringify(ids)).map(toFacts);

  function toFacts([
    id,
    grade,
    gradingId,
    status,
    trustStores,
    fingerprints,
    pathLength,
    reason,
    stapledOcsp,
    hasFindings,
  ]: JudgementRow): readonly [number, JudgementFacts] {
    const path = {
      status,
      trustStores: trustStoresOf(trustStores),
      certificates: splitDigests(fingerprints, pathLength),
      reason,
    };
    const findings = hasFindings === 1 ? findingsOf(id) : [];
    return [
      id,
      { findings, grade, grades: gradingId === null ? null : gradesOf(gradingId), path, stapledOcsp },
    ];
  }
}

function prepareGrades(database: Database): (id: number) => Grades {
  const statement = database.prepare<[number], string>('select content from grading where id = ?').pluck();
  return (id) => JSON.parse(found(statement.get(id), 'grading', id));
}

function prepareHandshake(database: Database): (id: number) => HandshakeFacts {
  const statement = database.prepare<[number], HandshakeFacts>(
    `select version, cipher_suite as cipherSuite, key_exchange_group as "group", compression
    from handshake where id = ?`,
  );
  return (id) => found(statement.get(id), 'handshake', id);
}

function prepareOutcome(database: Database): CurrentFacts['outcomeOf'] {
  const statement = database.prepare<
    [number],
    { name: Outcome; stage: Failure['stage'] | null; code: string | null; detail: string | null }
  >('select name, stage, code, detail from outcome where id = ?');
  return (id) => {
    const { code, detail, name, stage } = found(statement.get(id), 'outcome', id);
    return {
      outcome: name,
      failure: stage === null || code === null ? null : { stage, code, detail: detail ?? '' },
    };
  };
}

function preparePlainTalk(database: Database): CurrentFacts['plainTalkOf'] {
  const statement = database.prepare<[number], ReturnType<CurrentFacts['plainTalkOf']>>(
    'select greeting, after_go_ahead as afterGoAhead from plain_talk where id = ?',
  );
  return (id) => found(statement.get(id), 'plain talk', id);
}

function preparePosture(database: Database): (id: number) => Posture {
  const statement = database.prepare<[number], string>('select content from posture where id = ?').pluck();
  return (id) => JSON.parse(found(statement.get(id), 'posture', id));
}

function prepareRun(database: Database): (id: number) => string {
  const statement = database.prepare<[number], string>('select uuid from scan_run where id = ?').pluck();
  return (id) => found(statement.get(id), 'run', id);
}

/** Foreign keys see to it that there is one. */
function found<Fact>(fact: Fact | undefined, kind: string, id: number): Fact {
  if (fact === undefined) throw new Error(`there is no ${kind} ${id}`);
  return fact;
}
