import type { Database } from 'better-sqlite3';
import { Kysely, SqliteDialect, sql } from 'kysely';
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
      not_after, issuer_id, common_name)
    select endpoint.id, endpoint.address, endpoint.port, endpoint.protocol, endpoint.server_name, endpoint.host,
      first_seen, last_run_id, last_observed_at, run_id, observed_at, state, state_since, is_changed, chain_id,
      certificate.id, judgement.id, ${rankSql(database)}, judgement.grade, ${COPIES.join(', ')}
    from ${folded} as observation
    cross join endpoint on endpoint.id = observation.endpoint_id
    cross join judgement on judgement.id = observation.judgement_id
    left join certificate on certificate.id = observation.leaf_id`;
}

/** What is copied from the leaf, in the order of `COPIED_COLUMNS`. */
const COPIES = [
  'certificate.not_after',
  '(select id from issuer_name where name = lower(certificate.issuer))',
  'lower(certificate.common_name)',
];

const COPIED_COLUMNS = ['not_after', 'issuer_id', 'common_name'];

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

/** Gives all rows the status that they have with what was found in certificates meanwhile. */
export function refreshStatuses(database: Database): void {
  const status = `(select ${rankSql(database)}
    from judgement, (select current_endpoint.chain_id as chain_id) as observation
    where judgement.id = current_endpoint.judgement_id)`;
  database.exec(`update current_endpoint set status_rank = ${status} where status_rank <> ${status}`);
}

/** Prepares giving the observation that counts another judgement; of others the view knows nothing. */
export function prepareJudgeCurrent(
  database: Database,
): (endpointId: number, runId: number, observedAt: number, judgementId: number) => void {
  const update = database.prepare<[Record<string, number>]>(
    `update current_endpoint set (judgement_id, status_rank, grade) = (
      select judgement.id, ${rankSql(database)}, judgement.grade
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
