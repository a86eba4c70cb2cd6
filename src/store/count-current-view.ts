import type { Database } from 'better-sqlite3';
import type { EndpointState } from '../model/endpoint-state.js';
import { EXPIRED } from '../model/expired.js';
import { SEVERITIES, type Severity } from '../model/finding.js';
import { STATUSES, type Status } from '../model/judgement.js';
import type { CurrentCounts, ValueCount } from '../model/overview-facts.js';
import { dropHeeded, type HeededSpan, heedAnnotations } from './heed-annotations.js';
import { encodeSortedMoments } from './sorted-moments.js';

/** Values told apart: peers choose them, and may choose a new one for every certificate. */
const VALUES = 1000;

/** Longest value that is kept: people read them, and hostile ones may be as long as a certificate. */
const VALUE_CHARACTERS = 500;

/** The current view in numbers, and when its certificates in use end. */
export interface CountedView {
  readonly counts: CurrentCounts;
  /** As `encodeSortedMoments` writes it. */
  readonly expiries: Buffer;
  /** The moments as of which it would come out the same. */
  readonly span: HeededSpan;
}

/**
 * Counts what the inventory holds now, where what people accept as of a moment counts for nothing: the connection must not
 * be in the midst of reading.
 */
export function countCurrentView(database: Database, now: Date): CountedView {
  const span = heedAnnotations(database, 'current', now);
  database.exec(LIST_LEAVES);
  try {
    return { counts: readCounts(database, now), expiries: readExpiries(database), span };
  } finally {
    database.exec('drop table temp.leaf');
    dropHeeded(database);
  }
}

/** Each leaf once, with what is counted: the certificates themselves are long, and read from one end to the other only once. */
const LIST_LEAVES = `
  create temp table leaf (
    id integer primary key, not_after integer, key_type text, key_bits integer, signature_algorithm text, validation text, issuer text,
    spki_sha256 blob);
  insert into temp.leaf
  select certificate.id, not_after, ${cut('key_type')}, key_bits, ${cut('signature_algorithm')}, ${cut('validation')},
    ${cut('issuer')}, spki_sha256
  from (select distinct certificate_id from current_endpoint where certificate_id is not null) as view
  cross join certificate on certificate.id = view.certificate_id`;

function cut(column: string): string {
  return `substr(${column}, 1, ${VALUE_CHARACTERS})`;
}

/** What people say of the observation that counts, where it matters. */
const WHAT_IS_TOLD = `left join temp.told on told.endpoint_id = current_endpoint.endpoint_id
  and told.run_id = current_endpoint.run_id and told.observed_at = current_endpoint.observed_at`;

const EXPIRED_STATUS: Status = 'Expired';
const EXPIRED_RANK = STATUSES.indexOf(EXPIRED_STATUS);
const EXPIRED_SEVERITY_RANK = SEVERITIES.indexOf(EXPIRED.severity);

/** Whether the certificate has ended by a moment, which is a parameter, but had not when it was judged. */
const HAS_ENDED = `(coalesce(current_endpoint.not_after < ?, 0) and current_endpoint.status_rank <> ${EXPIRED_RANK})`;

function readCounts(database: Database, now: Date): CurrentCounts {
  const states: Partial<Record<EndpointState, number>> = {};
  const statuses: Partial<Record<Status, number>> = {};
  let endpoints = 0;
  const views = database
    .prepare<[number], { state: EndpointState | null; rank: number; count: number }>(
      `select state, coalesce(told.status_rank, iif(${HAS_ENDED}, ${EXPIRED_RANK}, current_endpoint.status_rank)) as rank,
        count(*) as count
      from current_endpoint ${WHAT_IS_TOLD}
      where certificate_id is not null group by 1, 2`,
    )
    .all(now.getTime());
  for (const { count, rank, state } of views) {
    const status = STATUSES[rank];
    if (state !== null) states[state] = (states[state] ?? 0) + count;
    if (status !== undefined) statuses[status] = (statuses[status] ?? 0) + count;
    endpoints += count;
  }
  const reused = database
    .prepare<[], { keys: number; certificates: number | null }>(
      `select count(*) as keys, sum(count) as certificates from (
        select count(*) as count from temp.leaf where spki_sha256 is not null group by spki_sha256 having count(*) > 1)`,
    )
    .get();
  return {
    endpoints,
    states,
    statuses,
    certificates: database.prepare<[], number>('select count(*) from temp.leaf').pluck().get() ?? 0,
    unused: database.prepare<[], number>('select count(*) from temp.unused_certificate').pluck().get() ?? 0,
    severities: readSeverities(database, now),
    keys: database
      .prepare<[], CurrentCounts['keys'][number]>(
        `select key_type as type, key_bits as bits, count(*) as count from temp.leaf
        group by key_type, key_bits order by count desc, type, bits limit ${VALUES}`,
      )
      .all(),
    signatures: readValues(database, 'signature_algorithm'),
    validations: readValues(database, 'validation'),
    issuers: readValues(database, 'issuer'),
    reusedKeys: reused?.keys ?? 0,
    certificatesWithReusedKeys: reused?.certificates ?? 0,
  };
}

function readValues(
  database: Database,
  column: 'issuer' | 'signature_algorithm' | 'validation',
): ValueCount<string>[] {
  return database
    .prepare<[], ValueCount<string>>(
      `select ${column} as value, count(*) as count from temp.leaf
      group by ${column} order by count desc, value limit ${VALUES}`,
    )
    .all();
}

/** The place of a severity among all of them, mildest first; findings that somebody accepts have none. */
const RANK = `case severity ${SEVERITIES.map((severity, rank) => `when '${severity}' then ${rank}`).join(' ')} end`;

/** Findings are those of the judgement, and of the chain's certificates where their keys were compared. */
function readSeverities(database: Database, now: Date): CurrentCounts['severities'] {
  const rows = database
    .prepare<[number], { rank: number; count: number }>(
      `with of_judgement as materialized (
        select judgement_id, max(${RANK}) as rank
        from judgement_finding inner join finding_rule on finding_rule.id = judgement_finding.rule_id
        where judgement_finding.waiver_id is null group by judgement_id),
      of_chain as materialized (
        select chain_id, max(${RANK}) as rank
        from certificate_finding cross join chain_certificate
          on chain_certificate.certificate_id = certificate_finding.certificate_id
        where certificate_finding.waiver_id is null group by chain_id),
      of_leaf as (
        select max(iif(told.endpoint_id is null,
          max(coalesce(of_judgement.rank, -1), coalesce(of_chain.rank, -1), iif(${HAS_ENDED}, ${EXPIRED_SEVERITY_RANK}, -1)),
          coalesce(told.severity_rank, -1))) as rank
        from current_endpoint ${WHAT_IS_TOLD}
        left join of_judgement on of_judgement.judgement_id = current_endpoint.judgement_id
        left join of_chain on of_chain.chain_id = current_endpoint.chain_id
        where current_endpoint.certificate_id is not null group by current_endpoint.certificate_id)
      select rank, count(*) as count from of_leaf where rank >= 0 group by rank`,
    )
    .all(now.getTime());
  const severities: Partial<Record<Severity, number>> = {};
  for (const { count, rank } of rows) {
    const severity = SEVERITIES[rank];
    if (severity !== undefined) severities[severity] = count;
  }
  return severities;
}

function readExpiries(database: Database): Buffer {
  const moments = database
    .prepare<[], number>(
      'select not_after from temp.leaf where not_after is not null and id not in (select id from temp.unused_certificate) order by not_after',
    )
    .pluck();
  return encodeSortedMoments(moments.all());
}

/** Lets time pass: what counts of one moment have become by a later one, where nobody accepts anything. */
export function ageCounts(database: Database, counts: CurrentCounts, from: Date, now: Date): CurrentCounts {
  const ended = { from: from.getTime(), until: now.getTime() };
  const statuses = { ...counts.statuses };
  for (const { count, rank } of readRanks(database, ENDED_BY_STATUS, ended))
    move(statuses, STATUSES[rank], EXPIRED_STATUS, count);
  const severities = { ...counts.severities };
  for (const { count, rank } of readRanks(database, ENDED_BY_SEVERITY, ended))
    if (rank < EXPIRED_SEVERITY_RANK) move(severities, SEVERITIES[rank], EXPIRED.severity, count);
  return { ...counts, statuses, severities };
}

const ENDED_SINCE = `not_after >= @from and not_after < @until and status_rank <> ${EXPIRED_RANK} and certificate_id is not null`;

const ENDED_BY_STATUS = `
  select status_rank as rank, count(*) as count from current_endpoint where ${ENDED_SINCE} group by 1`;

const ENDED_BY_SEVERITY = `
  select rank, count(*) as count from (
    select max(coalesce(severity_rank, -1)) as rank from current_endpoint
    where certificate_id in (select certificate_id from current_endpoint where ${ENDED_SINCE}) group by certificate_id)
  group by rank`;

function readRanks(
  database: Database,
  text: string,
  ended: { readonly from: number; readonly until: number },
): readonly { readonly rank: number; readonly count: number }[] {
  return database.prepare<[typeof ended], { rank: number; count: number }>(text).all(ended);
}

/** Those that have no name have no count either. */
function move<Name extends string>(
  counts: Partial<Record<Name, number>>,
  from: Name | undefined,
  to: Name,
  count: number,
): void {
  if (from !== undefined) counts[from] = (counts[from] ?? 0) - count;
  counts[to] = (counts[to] ?? 0) + count;
}
