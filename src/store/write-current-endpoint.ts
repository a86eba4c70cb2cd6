import type { Database } from 'better-sqlite3';
import { Kysely, SqliteDialect, sql } from 'kysely';
import { SEVERITIES } from '../model/finding.js';
import { joinedStatus } from './certificate-findings.js';
import type { FoldedEndpoint } from './fold-endpoint.js';
import type { InventorySchema } from './schema.js';
import { statusRank } from './status-rank.js';

/** Writes the row of an endpoint, with what it copies from the facts that it refers to. */
export type WriteCurrentEndpoint = (endpointId: number, folded: FoldedEndpoint) => void;

/** Prepares all statements that it needs, for use within a transaction. */
export function prepareWriteCurrentEndpoint(database: Database): WriteCurrentEndpoint {
  const insertIssuer = database.prepare<[number]>(
    `insert into issuer_name (name) select lower(issuer) from certificate where id = ? and issuer is not null
    on conflict do nothing`,
  );
  const values = FOLDED_COLUMNS.map((column) => `? as ${column}`);
  const write = database.prepare<FoldedRow>(writeFoldedSql(database, `(select ${values.join(', ')})`));
  return (endpointId, folded) => {
    const { leafId } = folded.course;
    if (leafId !== null) insertIssuer.run(leafId);
    write.run(...toFoldedRow(endpointId, folded));
  };
}

/** Columns of a folded endpoint, as `writeFoldedSql` reads them. */
export const FOLDED_COLUMNS = [
  'endpoint_id',
  'first_seen',
  'last_run_id',
  'last_observed_at',
  'run_id',
  'observed_at',
  'state',
  'state_since',
  'is_changed',
  'chain_id',
  'judgement_id',
  'leaf_id',
] as const;

/** A folded endpoint, in the order of `FOLDED_COLUMNS`. */
export type FoldedRow = (number | string | null)[];

/** Makes a row of a folded endpoint. */
export function toFoldedRow(endpointId: number, folded: FoldedEndpoint): FoldedRow {
  const { chainId, course, firstSeen, judgementId, lastObservedAt, lastRunId, observedAt, runId } = folded;
  const { isChanged, leafId, since, state } = course;
  return [
    endpointId,
    firstSeen,
    lastRunId,
    lastObservedAt,
    runId,
    observedAt,
    state,
    since,
    Number(isChanged),
    chainId,
    judgementId,
    leafId,
  ];
}

/** The statement that writes the rows of folded endpoints, which a table or query tells in `FOLDED_COLUMNS`. */
export function writeFoldedSql(database: Database, folded: string): string {
  return `
    insert or replace into current_endpoint (
      endpoint_id, address, port, protocol, server_name, host, first_seen, last_run_id, last_observed_at, run_id,
      observed_at, state, state_since, is_changed, chain_id, certificate_id, judgement_id, status_rank, grade,
      ${COPIED_COLUMNS.join(', ')}, severity_rank, outcome_id, handshake_id)
    select endpoint.id, endpoint.address, endpoint.port, endpoint.protocol, endpoint.server_name, endpoint.host,
      first_seen, last_run_id, last_observed_at, observation.run_id, observation.observed_at, state, state_since,
      is_changed, observation.chain_id, certificate.id, judgement.id, ${rankSql(database)}, judgement.grade, ${COPIES.join(', ')},
      ${SEVERITY_RANK}, counting.outcome_id, counting.handshake_id
    from ${folded} as observation
    cross join endpoint on endpoint.id = observation.endpoint_id
    cross join judgement on judgement.id = observation.judgement_id
    left join observation as counting on counting.endpoint_id = observation.endpoint_id
      and counting.run_id = observation.run_id and counting.observed_at = observation.observed_at
    left join certificate on certificate.id = observation.leaf_id`;
}

/** What is copied from the leaf, in the order of `COPIED_COLUMNS`. */
const COPIES = [
  'certificate.not_after',
  '(select id from issuer_name where name = lower(certificate.issuer))',
  'lower(certificate.common_name)',
  'certificate.not_before',
  'certificate.key_type',
  'certificate.key_bits',
];

const COPIED_COLUMNS = ['not_after', 'issuer_id', 'common_name', 'not_before', 'key_type', 'key_bits'];

/** The rank of the gravest finding of `judgement` and the chain of `observation` that no policy waives. */
const SEVERITY_RANK = `(
  select max(case severity ${SEVERITIES.map((severity, rank) => `when '${severity}' then ${rank}`).join(' ')} end)
  from (
    select rule.severity from judgement_finding as own inner join finding_rule as rule on rule.id = own.rule_id
    where own.judgement_id = judgement.id and own.waiver_id is null
    union all
    select shared.severity from chain_certificate as link
    inner join certificate_finding as shared on shared.certificate_id = link.certificate_id
    where link.chain_id = observation.chain_id and shared.waiver_id is null))`;

/** Prepares copying anew what rows have from a certificate, whose facts were completed. */
export function prepareCopyCertificate(database: Database): (certificateId: number) => void {
  const insertIssuer = database.prepare<[number]>(
    `insert into issuer_name (name) select lower(issuer) from certificate where id = ? and issuer is not null
    on conflict do nothing`,
  );
  const update = database.prepare<[{ id: number }]>(
    `update current_endpoint set (${COPIED_COLUMNS.join(', ')}) = (
      select ${COPIES.join(', ')} from certificate where certificate.id = @id)
    where certificate_id = @id`,
  );
  return (id) => {
    insertIssuer.run(id);
    update.run({ id });
  };
}

/** Gives all rows the status and severity that they have with what was found in certificates meanwhile. */
export function refreshStatuses(database: Database): void {
  database.exec(`
    update current_endpoint set (status_rank, severity_rank) = (
      select ${rankSql(database)}, ${SEVERITY_RANK}
      from judgement, (select current_endpoint.chain_id as chain_id) as observation
      where judgement.id = current_endpoint.judgement_id)
    where certificate_id is not null`);
}

/** Prepares giving the observation that counts another judgement; of others the view knows nothing. */
export function prepareJudgeCurrent(
  database: Database,
): (endpointId: number, runId: number, observedAt: number, judgementId: number) => void {
  const update = database.prepare<[Record<string, number>]>(
    `update current_endpoint set (judgement_id, status_rank, grade, severity_rank) = (
      select judgement.id, ${rankSql(database)}, judgement.grade, ${SEVERITY_RANK}
      from judgement, (select current_endpoint.chain_id as chain_id) as observation
      where judgement.id = @judgementId)
    where endpoint_id = @endpointId and run_id = @runId and observed_at = @observedAt`,
  );
  return (endpointId, runId, observedAt, judgementId) => {
    update.run({ endpointId, runId, observedAt, judgementId });
  };
}

/** The rank of the status of `judgement` and the chain of `observation`. */
function rankSql(database: Database): string {
  const db = new Kysely<InventorySchema>({ dialect: new SqliteDialect({ database }) });
  const { sql: text, parameters } = sql`(${statusRank(joinedStatus)})`.compile(db);
  if (parameters.length > 0) throw new Error('the rank of a status takes parameters');
  return text;
}
