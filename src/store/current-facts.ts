import type { Database } from 'better-sqlite3';
import type { Certificate } from '../model/certificate.js';
import type { Failure } from '../model/failure.js';
import type { Finding, Severity } from '../model/finding.js';
import type { Grades } from '../model/grades.js';
import { formatIsoTime } from '../model/iso-time.js';
import type { Outcome } from '../model/outcome.js';
import type { Posture } from '../model/posture.js';
import { ALL_RECORD_PARTS, type RecordPart } from '../model/record-part.js';
import { prepareJudgementFindings } from './judgement-findings.js';
import { readFailure } from './observation-facts.js';
import { rememberLatest } from './remember-latest.js';
import { rememberMany } from './remember-many.js';

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
  /** The findings of a judgement. */
  findingsOf(judgementId: number): readonly Finding[];
  /** The same without details, of the text that `BRIEF_FINDINGS` gives. */
  briefFindingsOf(brief: string): readonly Finding[];
  gradesOf(id: number): Grades;
  handshakeOf(id: number): HandshakeFacts;
  outcomeOf(id: number): { readonly outcome: Outcome; readonly failure: Failure | null };
  plainTalkOf(id: number): { readonly greeting: string | null; readonly afterGoAhead: string | null };
  postureOf(id: number): Posture;
  runOf(id: number): string;
  /** The names in a JSON array. */
  trustStoresOf(json: string): readonly string[];
}

/**
 * SQL for the findings of `current` as text, null where it has none: rules and, behind a colon, waivers. Most networks
 * have few such texts, and one text is quicker read than a row for each finding.
 */
export const BRIEF_FINDINGS = `(
  select group_concat(found.brief, ',') from (
    select rule_id || coalesce(':' || waiver_id, '') as brief from judgement_finding
    where judgement_id = current.judgement_id order by position) as found)`;

/** Prepares reading facts over a connection. */
export function prepareCurrentFacts(
  database: Database,
  parts: ReadonlySet<RecordPart> = ALL_RECORD_PARTS,
): CurrentFacts {
  return {
    certificatesOf: rememberMany(prepareCertificates(database, parts.has('certificateDetails'))),
    findingsOf: rememberLatest(prepareJudgementFindings(database)),
    briefFindingsOf: rememberLatest(prepareBriefFindings(database)),
    gradesOf: rememberLatest(prepareGrades(database)),
    handshakeOf: rememberLatest(prepareHandshake(database)),
    outcomeOf: rememberLatest(prepareOutcome(database)),
    plainTalkOf: rememberLatest(preparePlainTalk(database)),
    postureOf: rememberLatest(preparePosture(database)),
    runOf: rememberLatest(prepareRun(database)),
    trustStoresOf: rememberLatest((json: string): readonly string[] => JSON.parse(json)),
  };
}

type CertificateRow = readonly [
  id: number,
  sha256: string,
  commonName: string | null,
  issuer: string | null,
  subjectAltNames: string | null,
  serialNumber: string | null,
  notBefore: number | null,
  notAfter: number | null,
  keyType: string | null,
  keyBits: number | null,
  signatureAlgorithm: string | null,
  validation: Certificate['validation'] | null,
  subject: string,
  spkiSha256: string,
];

function prepareCertificates(database: Database, withDetails: boolean) {
  const details = withDetails ? 'subject, lower(hex(spki_sha256))' : "'', ''";
  const statement = database
    .prepare<[string], CertificateRow>(
      `select certificate.id, lower(hex(sha256)), common_name, issuer, subject_alt_names, serial_number, not_before,
        not_after, key_type, key_bits, signature_algorithm, validation, ${details}
      from json_each(?) as ids cross join certificate on certificate.id = ids.value
      where subject is not null`,
    )
    .raw();
  return (ids: readonly number[]) => statement.all(JSON.stringify(ids)).map(toCertificate);
}

/** Places instead of names: taking a row apart by names costs more than reading it. */
function toCertificate(row: CertificateRow): readonly [number, Certificate] {
  const certificate = {
    fingerprintSha256: row[1],
    commonName: row[2],
    subject: row[12],
    issuer: row[3] ?? '',
    subjectAltNames: JSON.parse(row[4] ?? '[]'),
    serialNumber: row[5] ?? '',
    notBefore: row[6] === null ? null : formatIsoTime(row[6]),
    notAfter: row[7] === null ? null : formatIsoTime(row[7]),
    keyType: row[8] ?? '',
    keyBits: row[9],
    signatureAlgorithm: row[10] ?? '',
    validation: row[11] ?? 'Unknown',
    spkiSha256: row[13],
  };
  return [row[0], certificate];
}

function prepareBriefFindings(database: Database): (brief: string) => readonly Finding[] {
  const ruleOf = database.prepare<[string], { id: string; severity: Severity }>(
    'select name as id, severity from finding_rule where id = ?',
  );
  const waiverOf = database.prepare<[string], { owner: string; reason: string; until: number }>(
    'select owner, reason, until from waiver where id = ?',
  );
  return (brief) =>
    brief.split(',').map((each) => {
      const [rule = '', waiver] = each.split(':');
      const { id, severity } = found(ruleOf.get(rule), 'finding', rule);
      const finding = { id, severity, subject: null, message: '', advice: '', citation: '' };
      if (waiver === undefined) return finding;
      const { owner, reason, until } = found(waiverOf.get(waiver), 'waiver', waiver);
      return { ...finding, waived: { owner, reason, until: formatIsoTime(until) } };
    });
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
    const row = found(statement.get(id), 'outcome', id);
    return { outcome: row.name, failure: readFailure(row) };
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
function found<Fact>(fact: Fact | undefined, kind: string, id: number | string): Fact {
  if (fact === undefined) throw new Error(`there is no ${kind} ${id}`);
  return fact;
}
