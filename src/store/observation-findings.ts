import { type RawBuilder, type SqlBool, sql } from 'kysely';
import { EXPIRED, EXPIRING } from '../model/expired.js';
import { isAtLeast, SEVERITIES } from '../model/finding.js';
import type { Status } from '../model/judgement.js';
import { annotationOfDigest, annotationOfEndpoint } from './annotation-columns.js';
import { joinedStatus } from './certificate-findings.js';
import { currentStatus } from './current-field-columns.js';
import { type Ended, EXPIRED_STATUS, ifEnded } from './has-ended.js';
import type { Annotations } from './read-annotations.js';

/** Where the findings of `observation` are read from, as `found`, and the status that is left to it. */
export interface ObservationFindings {
  readonly all: RawBuilder<unknown>;
  /** Those that nobody accepts. */
  readonly open: RawBuilder<unknown>;
  readonly waived: RawBuilder<unknown>;
  readonly status: RawBuilder<Status>;
}

/** Length of a SHA-256 digest. */
const DIGEST_BYTES = 32;

const MS_PER_DAY = sql.lit(86_400_000);

const WARNING: Status = 'Warning';
const GOOD: Status = 'Good';
const WARNING_SEVERITIES = SEVERITIES.filter((severity) => isAtLeast(severity, 'medium'));

/** How to read them. */
export interface FindingsSource {
  /** Annotations accept findings as of this moment; undefined: of the observation's own time. */
  readonly now: Date | undefined;
  /** Where the certificate has ended since it was judged, it has expired. */
  readonly ended?: Ended;
  /** The row that stands for the observation; that of what is true now knows the same of it. Default: `observation`. */
  readonly row?: 'current' | 'observation';
}

/** Builds them. */
export function observationFindings(
  annotations: Annotations,
  { ended = null, now, row = 'observation' }: FindingsSource,
): ObservationFindings {
  const judged = row === 'current' ? currentStatus(null) : joinedStatus;
  const all = sql`(${ofJudgement(ended)} ${ofCertificates(sql.ref(`${row}.chain_id`))} ${ofTime(ended, now)}) as found`;
  const select = (condition: RawBuilder<SqlBool>) => sql`(select * from ${all} where ${condition}) as found`;
  if (!annotations.hasWaivers)
    return {
      all,
      open: select(sql`found.waiver_id is null`),
      waived: select(sql`found.waiver_id is not null`),
      status: ifEnded(ended, EXPIRED_STATUS, judged),
    };
  const accepted = isAccepted(annotations, now ? sql`${now.getTime()}` : sql.ref(`${row}.observed_at`));
  const isWaived = sql<SqlBool>`(found.waiver_id is not null or ${accepted})`;
  const open = select(sql`not ${isWaived}`);
  const status = statusOf(judged, open, select(accepted));
  return { all, open, waived: select(isWaived), status: ifEnded(ended, EXPIRED_STATUS, status) };
}

/** The findings of an observation as they were judged. */
function ofJudgement(ended: Ended): RawBuilder<unknown> {
  const subject = sql`substr(judgement.fingerprints, own.subject * ${sql.lit(DIGEST_BYTES)} + 1, ${sql.lit(DIGEST_BYTES)})`;
  const isOver = sql`(${ended} and rule.name = ${sql.lit(EXPIRING)} and ${subject} = certificate.sha256)`;
  return sql`
  select rule.name, rule.severity, own.message, rule.advice, own.waiver_id, ${subject} as subject
  from judgement_finding as own inner join finding_rule as rule on rule.id = own.rule_id
  where own.judgement_id = judgement.id ${ended === null ? sql`` : sql`and not ${isOver}`}`;
}

/** Those of its certificates among all others. */
function ofCertificates(chain: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`
  union all
  select shared.name, shared.severity, shared.message, shared.advice, shared.waiver_id, at_fault.sha256
  from chain_certificate as link
  inner join certificate_finding as shared on shared.certificate_id = link.certificate_id
  inner join certificate as at_fault on at_fault.id = link.certificate_id
  where link.chain_id = ${chain}`;
}

/** What time alone has added since, in the words of `describeExpired`. */
function ofTime(ended: Ended, now: Date | undefined): RawBuilder<unknown> {
  if (ended === null || now === undefined) return sql``;
  const { advice, id, severity } = EXPIRED;
  // What is bound is a real number to SQLite.
  const days = sql`cast((${now.getTime()} - certificate.not_after) / ${MS_PER_DAY} as integer)`;
  return sql`
  union all
  select ${sql.lit(id)}, ${sql.lit(severity)},
    'certificate expired on ' || strftime('%Y-%m-%d %H:%M:%S', certificate.not_after / 1000, 'unixepoch') || ' UTC, '
      || case ${days} when 0 then 'less than a day' when 1 then '1 day' else ${days} || ' days' end || ' ago',
    ${sql.lit(advice)}, null, certificate.sha256
  where ${ended}`;
}

/** Whether what is said of the endpoint, or of the certificate at fault, accepts `found`. */
function isAccepted(annotations: Annotations, moment: RawBuilder<unknown>): RawBuilder<SqlBool> {
  const byEndpoint = sql<SqlBool>`annotation_waives(${annotationOfEndpoint(annotations)}, found.name, ${moment})`;
  if (!annotations.hasCertificates) return byEndpoint;
  const ofSubject = annotationOfDigest(sql`found.subject`);
  return sql`(${byEndpoint} or annotation_waives(${ofSubject}, found.name, ${moment}))`;
}

/** That a certificate has expired or was revoked stays a fact; a warning that rests on accepted findings alone does not. */
function statusOf(
  judged: RawBuilder<Status>,
  open: RawBuilder<unknown>,
  accepted: RawBuilder<unknown>,
): RawBuilder<Status> {
  const grave = sql.join(WARNING_SEVERITIES.map((severity) => sql.lit(severity)));
  return sql`case when ${judged} = ${sql.lit(WARNING)}
    and exists (select 1 from ${accepted})
    and not exists (select 1 from ${open} where found.severity in (${grave}))
    then ${sql.lit(GOOD)} else ${judged} end`;
}
