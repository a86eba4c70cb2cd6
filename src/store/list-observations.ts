import type { Database } from 'better-sqlite3';
import type { InferResult, Kysely } from 'kysely';
import type { Observation } from '../model/observation.js';
import type { PathStatus } from '../model/path.js';
import type { Posture } from '../model/posture.js';
import type { RevocationReport } from '../model/revocation.js';
import { fromEndpointRow } from './endpoint-row.js';
import { encodeHex } from './hex.js';
import { hasDer } from './no-der.js';
import { readFailure, selectObservationFacts } from './observation-facts.js';
import { bareObservationSource, type ObservationSource, rowObservationSource } from './observation-source.js';
import { rememberLatest } from './remember-latest.js';
import type { InventorySchema } from './schema.js';

/** Which observations of a run: those with any of what is listed; nothing listed: all. */
export interface ObservationFilter {
  /** As they were judged last. */
  readonly pathStatuses?: readonly PathStatus[];
  /** Ids of findings. */
  readonly findings?: readonly string[];
}

/** An observation as it was made, and what CAs had said of its certificates when it was judged. */
export interface StoredObservation extends Observation {
  /** Absent: nothing that a verdict rests on. */
  readonly revocations?: RevocationReport;
}

/** A chain as it was sent. */
interface StoredChain {
  /** Fingerprints in sent order, with commas between. */
  readonly fingerprints: string;
  readonly ders: readonly Uint8Array[];
}

/** Chains hold whole certificates, and hostile ones are large: fewer are kept at hand than of other facts. */
const REMEMBERED_CHAINS = 500;

/**
 * Reads the observations of a scan run as they were made, one at a time; the connection must be the caller's alone
 * until it ends. Judging them needs nothing else; those of which only another tool has told are left out.
 */
export function* listObservations(
  database: Database,
  db: Kysely<InventorySchema>,
  run: string,
  filter: ObservationFilter = {},
): Generator<StoredObservation> {
  const chainById = rememberLatest(prepareChain(database, db), REMEMBERED_CHAINS);
  const chainsByPosture = prepareChainsOfPosture(database, db);
  for (const row of readRows(database, db, run, filter)) {
    const presentedChain = row.chain_id === null ? [] : chainById(row.chain_id).ders;
    // What another tool has told of without the bytes cannot be judged again.
    if (!presentedChain.every(hasDer)) continue;
    const posture: Posture | null = row.posture === null ? null : JSON.parse(row.posture);
    const otherChains =
      posture === null || row.posture_id === null
        ? []
        : inOrder(
            chainsByPosture(row.posture_id).filter((id) => id !== row.chain_id),
            posture,
          );
    yield {
      run,
      observedAt: new Date(row.observed_at).toISOString(),
      endpoint: fromEndpointRow(row),
      ...(row.planned_protocol !== null && { plannedProtocol: row.planned_protocol }),
      outcome: row.outcome,
      failure: readFailure(row),
      handshake:
        row.version === null
          ? null
          : {
              version: row.version,
              cipherSuite: row.cipher_suite,
              group: row.key_exchange_group,
              compression: row.compression,
              presentedChain,
              ocspResponse: row.ocsp_response,
            },
      ...(posture !== null && { posture }),
      ...(otherChains.length > 0 && { otherChains }),
      ...(row.greeting !== null && { greeting: row.greeting }),
      ...(row.after_go_ahead !== null && { plaintextAfterGoAhead: row.after_go_ahead }),
      ...(row.revocations !== null && { revocations: JSON.parse(row.revocations) }),
    };
  }

  /** In the order in which the server showed them. */
  function inOrder(ids: readonly number[], { certificates }: Posture): readonly (readonly Uint8Array[])[] {
    const places = new Map(certificates.map(({ chain }, place) => [chain.join(), place]));
    const placeOf = ({ fingerprints }: StoredChain) => places.get(fingerprints) ?? places.size;
    return ids
      .map(chainById)
      .sort((a, b) => placeOf(a) - placeOf(b))
      .map(({ ders }) => ders);
  }
}

type ObservationRow = InferResult<ReturnType<typeof selectObservations>>[number];

function* readRows(
  database: Database,
  db: Kysely<InventorySchema>,
  run: string,
  filter: ObservationFilter,
): Generator<ObservationRow> {
  const { findings = [], pathStatuses = [] } = filter;
  const selects = [selectObservations(rowObservationSource(db), run, filter)];
  // What is packed has neither path nor finding.
  if (findings.length + pathStatuses.length === 0 || pathStatuses.includes('none'))
    selects.push(selectObservations(bareObservationSource(db, { run, history: true }), run, {}));
  for (const select of selects) {
    const { sql: text, parameters } = select.compile();
    yield* database.prepare<unknown[], ObservationRow>(text).iterate(...parameters);
  }
}

function selectObservations(
  source: ObservationSource,
  run: string,
  { findings = [], pathStatuses = [] }: ObservationFilter,
) {
  const select = selectObservationFacts(source)
    .leftJoin('stapled_response', 'stapled_response.id', 'observation.stapled_response_id')
    .leftJoin('revocation_report', 'revocation_report.id', 'judgement.revocation_report_id')
    .select(['observation.planned_protocol', 'observation.posture_id'])
    .select(['stapled_response.der as ocsp_response', 'revocation_report.content as revocations'])
    .where('scan_run.uuid', '=', run);
  if (findings.length === 0 && pathStatuses.length === 0) return select;
  return select.where('observation.judgement_id', 'in', (eb) =>
    eb
      .selectFrom('judgement')
      .select('judgement.id')
      .where((each) =>
        each.or([
          each('judgement.path_status', 'in', pathStatuses),
          each.exists(
            each
              .selectFrom('judgement_finding as found')
              .innerJoin('finding_rule as rule', 'rule.id', 'found.rule_id')
              .select('found.position')
              .whereRef('found.judgement_id', '=', 'judgement.id')
              .where('rule.name', 'in', findings),
          ),
        ]),
      ),
  );
}

function prepareChain(database: Database, db: Kysely<InventorySchema>): (id: number) => StoredChain {
  const select = db
    .selectFrom('chain_certificate as link')
    .innerJoin('certificate', 'certificate.id', 'link.certificate_id')
    .select(['certificate.sha256', 'certificate.der'])
    .where('link.chain_id', '=', 0)
    .orderBy('link.position');
  type LinkRow = InferResult<typeof select>[number];
  const statement = database.prepare<[number], LinkRow>(select.compile().sql);
  return (id) => {
    const rows = statement.all(id);
    return {
      fingerprints: rows.map(({ sha256 }) => encodeHex(sha256)).join(),
      ders: rows.map(({ der }) => der),
    };
  };
}

function prepareChainsOfPosture(database: Database, db: Kysely<InventorySchema>): (id: number) => number[] {
  const select = db
    .selectFrom('posture_chain')
    .select('chain_id')
    .where('posture_id', '=', 0)
    .orderBy('chain_id');
  const statement = database.prepare<[number], number>(select.compile().sql).pluck();
  return (id) => statement.all(id);
}
