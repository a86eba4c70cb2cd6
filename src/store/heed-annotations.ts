import type { Database } from 'better-sqlite3';
import { Kysely, type RawBuilder, SqliteDialect, sql } from 'kysely';
import { SEVERITIES } from '../model/finding.js';
import { EXPIRY_FINDINGS } from '../model/is-noticed.js';
import { annotationOfEndpoint } from './annotation-columns.js';
import { addAnnotationFunctions } from './annotation-functions.js';
import { hasEnded } from './has-ended.js';
import { observationFindings } from './observation-findings.js';
import { type Annotations, readAnnotations } from './read-annotations.js';
import type { InventorySchema } from './schema.js';
import { statusRank } from './status-rank.js';

// Why apart from counting: most inventories have no such annotations, and of those that have most endpoints have none of
// the findings that are accepted. What remains is told here one by one, so that counting need not ask of each endpoint
// what people say of it.

/** Which observations are counted. */
export type CountedObservations = 'current' | { readonly runId: number };

/** Between which moments, milliseconds since 1970, UTC, people accept the same: at both of them, too. Null: no end. */
export interface HeededSpan {
  readonly from: number | null;
  readonly until: number | null;
}

/**
 * Lists in the temporary table `told` of which observations people accept findings as of a moment, or nobody minds the
 * expiry, with what is left of status and severity, as ranks; and in `unused_certificate` the leaves that only unused
 * endpoints present. `dropHeeded` takes both away.
 */
export function heedAnnotations(database: Database, counted: CountedObservations, now: Date): HeededSpan {
  dropHeeded(database);
  database.exec(`
    create temp table told (
      endpoint_id integer, run_id integer, observed_at integer, status_rank integer, severity_rank integer,
      primary key (endpoint_id, run_id, observed_at)) without rowid;
    create temp table unused_certificate (id integer primary key);`);
  const annotations = readAnnotations(database);
  const hasUnused = saysUnused(database);
  if (!annotations.hasWaivers && !hasUnused) return { from: null, until: null };
  addAnnotationFunctions(database, annotations.rules);
  const db = new Kysely<InventorySchema>({ dialect: new SqliteDialect({ database }) });
  const run = (statement: RawBuilder<unknown>) => {
    const { parameters, sql: text } = statement.compile(db);
    database.prepare(text).run(...parameters);
  };
  run(listTold(annotations, counted, now));
  if (hasUnused) run(listUnused(annotations, counted));
  return readSpan(database, now.getTime());
}

/** Forgets what was listed. */
export function dropHeeded(database: Database): void {
  database.exec('drop table if exists temp.told; drop table if exists temp.unused_certificate');
}

/** Whether any annotation changes what is counted. */
export function hasHeededAnnotations(database: Database): boolean {
  return readAnnotations(database).hasWaivers || saysUnused(database);
}

function saysUnused(database: Database): boolean {
  return (
    database
      .prepare("select exists (select 1 from annotation where field = 'unused' and value is not null)")
      .pluck()
      .get() === 1
  );
}

const EXPIRY = sql.join(EXPIRY_FINDINGS.map((name) => sql.lit(name)));

/** Findings that something may be said of: no others need a look. */
const HEEDED_NAMES = sql`(
  select name from annotation where field = 'waiver' and value is not null
  union select value from json_each(${sql.lit(JSON.stringify(EXPIRY_FINDINGS))})
  where exists (select 1 from annotation where field = 'unused' and value is not null))`;

const RANK = sql`case found.severity ${sql.join(
  SEVERITIES.map((severity, rank) => sql`when ${sql.lit(severity)} then ${sql.lit(rank)}`),
  sql` `,
)} end`;

function listTold(annotations: Annotations, counted: CountedObservations, now: Date): RawBuilder<unknown> {
  const ended = counted === 'current' ? hasEnded(now) : null;
  const { open, status } = observationFindings(annotations, { ended, now });
  const isUnused = sql`coalesce(json_extract(${annotationOfEndpoint(annotations)}, '$.unused'), 0)`;
  return sql`insert into temp.told
    select observation.endpoint_id, observation.run_id, observation.observed_at, ${statusRank(status)},
      (select max(${RANK}) from ${open} where found.name not in (${EXPIRY}) or not ${isUnused})
    from ${observationsOf(counted)}
    where observation.judgement_id in (
      select own.judgement_id from finding_rule as rule
      inner join judgement_finding as own on own.rule_id = rule.id where rule.name in ${HEEDED_NAMES})
    or observation.chain_id in (
      select link.chain_id from certificate_finding as shared
      inner join chain_certificate as link on link.certificate_id = shared.certificate_id
      where shared.name in ${HEEDED_NAMES})
    ${ended === null ? sql`` : sql`or ${ended}`}`;
}

function listUnused(annotations: Annotations, counted: CountedObservations): RawBuilder<unknown> {
  return sql`insert into temp.unused_certificate
    select certificate.id from ${observationsOf(counted)} group by certificate.id
    having min(coalesce(json_extract(${annotationOfEndpoint(annotations)}, '$.unused'), 0)) = 1`;
}

/** The observations that brought a certificate, with all that annotations look at. */
function observationsOf(counted: CountedObservations): RawBuilder<unknown> {
  const observations =
    counted === 'current'
      ? sql`current_endpoint as current cross join observation on observation.endpoint_id = current.endpoint_id
          and observation.run_id = current.run_id and observation.observed_at = current.observed_at`
      : sql`(select ${sql.lit(counted.runId)} as id) as counted
          cross join observation on observation.run_id = counted.id`;
  return sql`${observations}
    cross join chain_certificate as leaf on leaf.chain_id = observation.chain_id and leaf.position = 0
    cross join certificate on certificate.id = leaf.certificate_id
    cross join judgement on judgement.id = observation.judgement_id
    cross join endpoint on endpoint.id = observation.endpoint_id`;
}

/** Who accepts something accepts it until a moment, and that moment too. */
function readSpan(database: Database, now: number): HeededSpan {
  const ends = database
    .prepare<[], string | null>(
      `select distinct json_extract(value, '$.until') from annotation
      where field = 'waiver' and value is not null and json_valid(value)`,
    )
    .pluck()
    .all()
    .map((until) => (typeof until === 'string' ? Date.parse(until) : Number.NaN))
    .filter((until) => !Number.isNaN(until));
  const past = ends.filter((until) => until < now);
  const future = ends.filter((until) => until >= now);
  return {
    from: past.length === 0 ? null : largest(past) + 1,
    until: future.length === 0 ? null : -largest(future.map((until) => -until)),
  };
}

function largest(numbers: readonly number[]): number {
  return numbers.reduce((most, each) => Math.max(most, each), Number.NEGATIVE_INFINITY);
}
