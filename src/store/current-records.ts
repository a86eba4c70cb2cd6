import type { Database } from 'better-sqlite3';
import { type Kysely, type RawBuilder, sql } from 'kysely';
import { type Annotation, NO_ANNOTATION } from '../model/annotation.js';
import type { Certificate } from '../model/certificate.js';
import type { EndpointState } from '../model/endpoint-state.js';
import { expireVerdict, type Verdict } from '../model/expired.js';
import type { Finding } from '../model/finding.js';
import type { InventoryRecord } from '../model/inventory-record.js';
import { formatIsoTime } from '../model/iso-time.js';
import { STATUSES, type Status } from '../model/judgement.js';
import type { Path, PathStatus } from '../model/path.js';
import { ALL_RECORD_PARTS, type RecordPart } from '../model/record-part.js';
import { prepareAcceptFindings } from './accept-findings.js';
import { decodeAddressHex } from './address-hex.js';
import { addAnnotationFunctions } from './annotation-functions.js';
import { joinCertificateFindings, prepareCertificateFindings } from './certificate-findings.js';
import { BRIEF_FINDINGS, prepareCurrentFacts } from './current-facts.js';
import { currentEnd } from './current-field-columns.js';
import { prepareChain } from './prepare-chain.js';
import type { Annotations } from './read-annotations.js';
import type { RecordQuery } from './record-query.js';
import { rememberLatest } from './remember-latest.js';
import type { InventorySchema } from './schema.js';
import { tell } from './select-records.js';
import { DIGEST_BYTES } from './split-digests.js';

/** A row, as `selectRows` has its columns; what nobody looks at is null. */
type Row = readonly [
  place: number,
  address: string,
  port: number,
  protocol: string,
  serverName: string,
  host: string,
  observedAt: number,
  firstSeen: number,
  lastScan: number,
  state: EndpointState | null,
  stateSince: number | null,
  chainId: number | null,
  certificateId: number | null,
  judgementId: number,
  grade: string | null,
  /** Or its place among all. */
  status: Status | number,
  annotation: string | null,
  /** Brief findings, or whether there are any. */
  findings: string | number | null,
  pathStatus: PathStatus | null,
  trustStores: string | null,
  pathReason: string | null,
  pathDigests: string | null,
  gradingId: number | null,
  stapledOcsp: string | null,
  handshakeId: number | null,
  outcomeId: number | null,
  plainTalkId: number | null,
  postureId: number | null,
  runId: number | null,
  /** When its certificate ended, if that was since it was judged. */
  endedAt: number | null,
];

/** Reads the records of endpoints by their numbers, each at the same place. */
export type ReadCurrentRecords = (ids: readonly number[]) => readonly (InventoryRecord | undefined)[];

/** Prepares reading records of what is true now, as far as a query looks at them. */
export function prepareCurrentRecords(
  database: Database,
  db: Kysely<InventorySchema>,
  query: RecordQuery,
  annotations: Annotations,
): ReadCurrentRecords {
  addAnnotationFunctions(database, annotations.rules);
  const parts = query.parts ?? ALL_RECORD_PARTS;
  const { sql: text, parameters } = selectRows(query, annotations, parts).compile(db);
  const own = parameters.slice(0, -1);
  const statement = database.prepare<unknown[], Row>(text).raw();
  const facts = prepareCurrentFacts(database, parts);
  const chainOf = parts.has('chain') ? rememberLatest(prepareChain(database, db)) : () => NOTHING;
  const certificateFindingsOf = showsFindings(parts)
    ? rememberLatest(prepareCertificateFindings(database, db))
    : () => [];
  const annotationOf = rememberLatest((json: string): Annotation => JSON.parse(json));
  const now = query.now ?? query.matching?.now;
  const accept = prepareAcceptFindings(database, annotations, now);

  return (ids) => {
    const rows = statement.all(...own, JSON.stringify(ids));
    const certificates = parts.has('certificate')
      ? facts.certificatesOf(rows.map((row) => row[CERTIFICATE_ID]).filter((id) => id !== null))
      : NO_CERTIFICATES;
    const records: InventoryRecord[] = [];
    for (const row of rows) records[row[0]] = toRecord(row, certificates);
    return records;
  };

  /** By places, as taking rows apart by names costs as much as reading them. */
  function toRecord(row: Row, certificates: ReadonlyMap<number, Certificate>): InventoryRecord {
    const observedAt = formatIsoTime(row[6]);
    const toTime = (moment: number) => (moment === row[6] ? observedAt : formatIsoTime(moment));
    const chainId = row[11];
    const certificateId = row[CERTIFICATE_ID];
    const annotation = row[16] === null ? NO_ANNOTATION : annotationOf(row[16]);
    const handshake = row[24] === null ? null : facts.handshakeOf(row[24]);
    const { failure, outcome } = row[25] === null ? NO_OUTCOME : facts.outcomeOf(row[25]);
    const plainTalk = row[26] === null ? null : facts.plainTalkOf(row[26]);
    const address = decodeAddressHex(row[1]);
    const certificate = certificateId === null ? null : (certificates.get(certificateId) ?? null);
    const verdict = readVerdict(row, certificate);
    return {
      run: row[28] === null ? '' : facts.runOf(row[28]),
      observedAt,
      endpoint: {
        host: row[5] === '' ? (address ?? '') : row[5],
        address,
        port: row[2],
        protocol: row[3],
        serverName: row[4] === '' ? null : row[4],
      },
      outcome,
      failure,
      greeting: plainTalk?.greeting ?? null,
      plaintextAfterGoAhead: plainTalk?.afterGoAhead ?? null,
      handshake: handshake && {
        version: handshake.version,
        cipherSuite: handshake.cipherSuite,
        group: handshake.group,
        compression: handshake.compression,
        presentedChain: chainId === null ? NOTHING : chainOf(chainId),
        stapledOcsp: row[23],
      },
      certificate,
      path: row[18] === null ? NO_PATH : toPath(row[18], row),
      posture: row[27] === null ? null : facts.postureOf(row[27]),
      findings: accept(verdict.findings, annotation, row[6]),
      status: verdict.status,
      grade: verdict.grade,
      grades: verdict.grades,
      firstSeen: toTime(row[7]),
      lastScan: toTime(row[8]),
      lastSeen: certificateId === null ? null : observedAt,
      state: row[9],
      stateSince: row[10] === null ? null : toTime(row[10]),
      owner: annotation.owner,
      tags: annotation.tags,
      notes: annotation.notes,
      unused: annotation.unused === true,
    };
  }

  function toPath(status: PathStatus, row: Row): Path {
    return {
      status,
      trustStores: row[19] === null ? NOTHING : facts.trustStoresOf(row[19]),
      certificates: row[21] === null ? NOTHING : splitHexDigests(row[21]),
      reason: row[20],
    };
  }

  function readVerdict(row: Row, certificate: Certificate | null): Verdict {
    const verdict = {
      findings: readFindings(row),
      status: typeof row[15] === 'number' ? statusAt(row[15]) : row[15],
      grade: row[14],
      grades: row[22] === null ? null : facts.gradesOf(row[22]),
    };
    if (row[29] === null || now === undefined) return verdict;
    // Brief findings do not tell what they are about.
    const fingerprintSha256 = typeof row[17] === 'string' ? null : (certificate?.fingerprintSha256 ?? null);
    return expireVerdict(verdict, { fingerprintSha256, notAfter: row[29] }, now);
  }

  function readFindings(row: Row): readonly Finding[] {
    const brief = row[17];
    let findings: readonly Finding[] = [];
    if (typeof brief === 'string') findings = facts.briefFindingsOf(brief);
    else if (brief === 1) findings = facts.findingsOf(row[13]);
    return row[11] === null ? findings : joinCertificateFindings(findings, certificateFindingsOf(row[11]));
  }
}

/** The place in a row of what is looked up for many rows at once. */
const CERTIFICATE_ID = 12;

const NOTHING: readonly string[] = [];
const NO_CERTIFICATES: ReadonlyMap<number, Certificate> = new Map();
const NO_OUTCOME = { outcome: 'tls', failure: null } as const;
const NO_PATH: Path = { status: 'none', trustStores: NOTHING, certificates: NOTHING, reason: null };

function statusAt(rank: number): Status {
  const status = STATUSES[rank];
  if (status === undefined) throw new Error(`there is no status ${rank}`);
  return status;
}

const DIGEST_DIGITS = 2 * DIGEST_BYTES;

function splitHexDigests(hex: string): readonly string[] {
  return Array.from({ length: hex.length / DIGEST_DIGITS }, (_, at) =>
    hex.slice(at * DIGEST_DIGITS, (at + 1) * DIGEST_DIGITS),
  );
}

function showsFindings(parts: ReadonlySet<RecordPart>): boolean {
  return parts.has('findings') || parts.has('findingDetails');
}

/** Selects the rows of endpoints by their numbers, a JSON array that is the one parameter more, at the end. */
function selectRows(
  query: RecordQuery,
  annotations: Annotations,
  parts: ReadonlySet<RecordPart>,
): RawBuilder<Row> {
  const { annotation, findings } = tell(query, annotations);
  const only = (part: RecordPart, column: RawBuilder<unknown>) => (parts.has(part) ? column : NULL);
  const { hasWaivers } = annotations;
  // SQLite leaves out what is joined from the left and then not asked for, but not what is joined as observations are.
  const asksObservation = hasWaivers || OF_THE_OBSERVATION.some((part) => parts.has(part));
  return sql`select ids.key, hex(current.address), current.port, current.protocol, current.server_name, current.host,
      current.observed_at, current.first_seen, current.last_observed_at, current.state, current.state_since,
      current.chain_id, current.certificate_id, current.judgement_id, current.grade,
      ${hasWaivers ? findings.status : sql`current.status_rank`},
      ${hasWaivers || parts.has('annotation') ? annotation : NULL},
      ${selectFindings(parts, hasWaivers)},
      ${only('path', sql`judgement.path_status`)}, ${only('path', sql`judgement.trust_stores`)},
      ${only('path', sql`judgement.path_reason`)}, ${only('pathCertificates', PATH_DIGESTS)},
      ${only('grades', sql`judgement.grading_id`)}, ${only('handshake', sql`judgement.stapled_ocsp`)},
      ${only('handshake', sql`current.handshake_id`)}, ${only('outcome', sql`current.outcome_id`)},
      ${only('plainTalk', sql`observation.plain_talk_id`)}, ${only('posture', sql`observation.posture_id`)},
      ${only('run', sql`current.run_id`)}, ${currentEnd(query.now ?? query.matching?.now)}
    from json_each(${''}) as ids
    cross join current_endpoint as current on current.endpoint_id = ids.value
    ${asksObservation ? ITS_OBSERVATION : sql``}
    left join endpoint on endpoint.id = current.endpoint_id
    left join judgement on judgement.id = current.judgement_id
    left join certificate on certificate.id = current.certificate_id`;
}

const NULL = sql`null`;

const OF_THE_OBSERVATION: readonly RecordPart[] = ['plainTalk', 'posture'];

const ITS_OBSERVATION = sql`cross join observation on observation.endpoint_id = current.endpoint_id
  and observation.run_id = current.run_id and observation.observed_at = current.observed_at`;

/** Fingerprints of the path; behind them stand those of other certificates that the judgement names. */
const PATH_DIGESTS = sql`lower(hex(
  substr(judgement.fingerprints, 1, ${sql.lit(DIGEST_BYTES)} * judgement.path_length)))`;

/** Whether somebody accepts a finding may depend on its subject, which is a detail. */
function selectFindings(parts: ReadonlySet<RecordPart>, hasWaivers: boolean): RawBuilder<unknown> {
  if (!showsFindings(parts)) return NULL;
  if (!hasWaivers && !parts.has('findingDetails')) return sql.raw(BRIEF_FINDINGS);
  return sql`exists (select 1 from judgement_finding as found where found.judgement_id = current.judgement_id)`;
}
