import type { Database } from 'better-sqlite3';
import type { EndpointState } from '../model/endpoint-state.js';
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
    return { counts: readCounts(database), expiries: readExpiries(database), span };
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

function readCounts(database: Database): CurrentCounts {
  const states: Partial<Record<EndpointState, number>> = {};
  const statuses: Partial<Record<Status, number>> = {};
  let endpoints = 0;
  const views = database
    .prepare<[], { state: EndpointState | null; rank: number; count: number }>(
      `select state, coalesce(told.status_rank, current_endpoint.status_rank) as rank, count(*) as count
      from current_endpoint ${WHAT_IS_TOLD}
      where certificate_id is not null group by 1, 2`,
    )
    .all();
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
    severities: readSeverities(database),
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
function readSeverities(database: Database): CurrentCounts['severities'] {
  const rows = database
    .prepare<[], { rank: number; count: number }>(
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
          max(coalesce(of_judgement.rank, -1), coalesce(of_chain.rank, -1)), coalesce(told.severity_rank, -1))) as rank
        from current_endpoint ${WHAT_IS_TOLD}
        left join of_judgement on of_judgement.judgement_id = current_endpoint.judgement_id
        left join of_chain on of_chain.chain_id = current_endpoint.chain_id
        where current_endpoint.certificate_id is not null group by current_endpoint.certificate_id)
      select rank, count(*) as count from of_leaf where rank >= 0 group by rank`,
    )
    .all();
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
