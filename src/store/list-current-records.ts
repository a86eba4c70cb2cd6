import type { Database } from 'better-sqlite3';
import { type Kysely, type RawBuilder, sql } from 'kysely';
import { type Annotation, NO_ANNOTATION } from '../model/annotation.js';
import type { EndpointState } from '../model/endpoint-state.js';
import type { InventoryRecord } from '../model/inventory-record.js';
import type { Status } from '../model/judgement.js';
import { prepareAcceptFindings } from './accept-findings.js';
import { addAnnotationFunctions } from './annotation-functions.js';
import { joinCertificateFindings, prepareCertificateFindings } from './certificate-findings.js';
import { prepareCurrentFacts } from './current-facts.js';
import { currentStatus } from './current-field-columns.js';
import { fromEndpointRow } from './endpoint-row.js';
import { prepareChain } from './prepare-chain.js';
import type { Annotations } from './read-annotations.js';
import type { RecordQuery } from './record-query.js';
import { rememberLatest } from './remember-latest.js';
import type { InventorySchema } from './schema.js';
import { selectCurrentIds } from './select-current-ids.js';
import { tell } from './select-records.js';

// Why numbers first, then rows by the batch, then facts: sorting moves all that is selected, so no more than numbers are
// sorted. Each question to SQLite and each column of a row costs about as much as looking it up, so rows come many at a
// time and carry the numbers of facts, and a fact that was read for one row is there for the next.

/** Rows read at once: enough that the question costs little, few enough that the first are there at once. */
const ROWS_AT_ONCE = 256;

/** A row, as `selectRows` has its columns. */
type Row = readonly [
  place: number,
  address: Uint8Array,
  port: number,
  protocol: string,
  serverName: string,
  host: string,
  runId: number,
  observedAt: number,
  firstSeen: number,
  lastScan: number,
  state: EndpointState | null,
  stateSince: number | null,
  chainId: number | null,
  certificateId: number | null,
  judgementId: number,
  outcomeId: number,
  plainTalkId: number | null,
  handshakeId: number | null,
  postureId: number | null,
  status: Status,
  annotation: string | null,
];

/** Places in a row of what is looked up for many rows at once. */
const CERTIFICATE_ID = 13;
const JUDGEMENT_ID = 14;

/** Reads the records of what is true now of the endpoints that have presented a certificate, in the order asked for. */
export function* listCurrentRecords(
  database: Database,
  db: Kysely<InventorySchema>,
  query: RecordQuery,
  annotations: Annotations,
): Generator<InventoryRecord> {
  addAnnotationFunctions(database, annotations.rules);
  const readRecords = prepareReadRecords(database, db, query, annotations);
  const { sql: text, parameters } = selectCurrentIds(query, annotations).compile(db);
  const ids = database.prepare<unknown[], number>(text).pluck();
  let batch: number[] = [];
  for (const id of ids.iterate(...parameters)) {
    batch.push(id);
    if (batch.length < ROWS_AT_ONCE) continue;
    yield* readRecords(batch);
    batch = [];
  }
  yield* readRecords(batch);
}

function prepareReadRecords(
  database: Database,
  db: Kysely<InventorySchema>,
  query: RecordQuery,
  annotations: Annotations,
): (ids: readonly number[]) => readonly InventoryRecord[] {
  const { sql: text, parameters } = selectRows(query, annotations).compile(db);
  const own = parameters.slice(0, -1);
  const statement = database.prepare<unknown[], Row>(text).raw();
  const { certificatesOf, judgementsOf, ...facts } = prepareCurrentFacts(database);
  const chainOf = query.withoutChains ? () => NO_CHAIN : rememberLatest(prepareChain(database, db));
  const certificateFindingsOf = rememberLatest(prepareCertificateFindings(database, db));
  const annotationOf = rememberLatest((json: string): Annotation => JSON.parse(json));
  const accept = prepareAcceptFindings(database, annotations, query.now ?? query.matching?.now);

  return (ids) => {
    const rows = statement.all(...own, JSON.stringify(ids));
    const certificates = certificatesOf(rows.map((row) => row[CERTIFICATE_ID]).filter((id) => id !== null));
    const judgements = judgementsOf(rows.map((row) => row[JUDGEMENT_ID]));
    const records: InventoryRecord[] = [];
    for (const row of rows) records[row[0]] = toRecord(row);
    return records.filter((record) => record !== undefined);

    function toRecord([
      ,
      address,
      port,
      protocol,
      server_name,
      host,
      runId,
      observed,
      firstSeen,
      lastScan,
      state,
      stateSince,
      chainId,
      certificateId,
      judgementId,
      outcomeId,
      plainTalkId,
      handshakeId,
      postureId,
      status,
      json,
    ]: Row): InventoryRecord {
      const judgement = judgements.get(judgementId);
      if (judgement === undefined) throw new Error(`there is no judgement ${judgementId}`);
      const { findings, grade, grades, path, stapledOcsp } = judgement;
      const annotation = json === null ? NO_ANNOTATION : annotationOf(json);
      const all =
        chainId === null ? findings : joinCertificateFindings(findings, certificateFindingsOf(chainId));
      const { failure, outcome } = facts.outcomeOf(outcomeId);
      const plainTalk = plainTalkId === null ? null : facts.plainTalkOf(plainTalkId);
      const handshake = handshakeId === null ? null : facts.handshakeOf(handshakeId);
      const observedAt = new Date(observed).toISOString();
      const toTime = (moment: number) => (moment === observed ? observedAt : new Date(moment).toISOString());
      return {
        run: facts.runOf(runId),
        observedAt,
        endpoint: fromEndpointRow({ address, port, protocol, server_name, host }),
        outcome,
        failure,
        greeting: plainTalk?.greeting ?? null,
        plaintextAfterGoAhead: plainTalk?.afterGoAhead ?? null,
        handshake: handshake && {
          ...handshake,
          presentedChain: chainId === null ? NO_CHAIN : chainOf(chainId),
          stapledOcsp,
        },
        certificate: certificateId === null ? null : (certificates.get(certificateId) ?? null),
        path,
        posture: postureId === null ? null : facts.postureOf(postureId),
        findings: accept(all, annotation, observed),
        status,
        grade,
        grades,
        firstSeen: toTime(firstSeen),
        lastScan: toTime(lastScan),
        lastSeen: certificateId === null ? null : observedAt,
        state,
        stateSince: stateSince === null ? null : toTime(stateSince),
        owner: annotation.owner,
        tags: annotation.tags,
        notes: annotation.notes,
        unused: annotation.unused === true,
      };
    }
  };
}

const NO_CHAIN: readonly string[] = [];

/** Selects the rows of endpoints by their numbers, a JSON array that is the one parameter more, at the end. */
function selectRows(query: RecordQuery, annotations: Annotations): RawBuilder<Row> {
  const { annotation, findings } = tell(query, annotations);
  // SQLite leaves out what is joined from the left and then not asked for.
  return sql`select ids.key, current.address, current.port, current.protocol, current.server_name, current.host,
      current.run_id, current.observed_at, current.first_seen, current.last_observed_at,
      current.state, current.state_since, current.chain_id, current.certificate_id, observation.judgement_id,
      observation.outcome_id, observation.plain_talk_id, observation.handshake_id, observation.posture_id,
      ${annotations.hasWaivers ? findings.status : currentStatus}, ${annotation}
    from json_each(${''}) as ids
    cross join current_endpoint as current on current.endpoint_id = ids.value
    cross join observation on observation.endpoint_id = current.endpoint_id
      and observation.run_id = current.run_id and observation.observed_at = current.observed_at
    left join endpoint on endpoint.id = current.endpoint_id
    left join judgement on judgement.id = observation.judgement_id
    left join certificate on certificate.id = current.certificate_id`;
}
