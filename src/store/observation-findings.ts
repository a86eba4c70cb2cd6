import { type RawBuilder, type SqlBool, sql } from 'kysely';
import { isAtLeast, SEVERITIES } from '../model/finding.js';
import type { Status } from '../model/judgement.js';
import { annotationOfDigest, annotationOfEndpoint } from './annotation-columns.js';
import { joinedStatus } from './certificate-findings.js';
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

const WARNING: Status = 'Warning';
const GOOD: Status = 'Good';
const WARNING_SEVERITIES = SEVERITIES.filter((severity) => isAtLeast(severity, 'medium'));

/** Builds them; annotations accept findings until they end, as of `now` or else of the observation's own time. */
export function observationFindings(annotations: Annotations, now: Date | undefined): ObservationFindings {
  if (!annotations.hasWaivers)
    return {
      all: allFindings,
      open: select(sql`found.waiver_id is null`),
      waived: select(sql`found.waiver_id is not null`),
      status: joinedStatus,
    };
  const isWaived = sql<SqlBool>`(found.waiver_id is not null or ${isAccepted(annotations, now)})`;
  const open = select(sql`not ${isWaived}`);
  return { all: allFindings, open, waived: select(isWaived), status: statusOf(open, annotations, now) };
}

/** The findings of an observation, those of its certificates among them. */
const allFindings = sql`(
  select rule.name, rule.severity, own.message, rule.advice, own.waiver_id,
    substr(judgement.fingerprints, own.subject * ${sql.lit(DIGEST_BYTES)} + 1, ${sql.lit(DIGEST_BYTES)}) as subject
  from judgement_finding as own inner join finding_rule as rule on rule.id = own.rule_id
  where own.judgement_id = observation.judgement_id
  union all
  select shared.name, shared.severity, shared.message, shared.advice, shared.waiver_id, at_fault.sha256
  from chain_certificate as link
  inner join certificate_finding as shared on shared.certificate_id = link.certificate_id
  inner join certificate as at_fault on at_fault.id = link.certificate_id
  where link.chain_id = observation.chain_id) as found`;

function select(condition: RawBuilder<SqlBool>): RawBuilder<unknown> {
  return sql`(select * from ${allFindings} where ${condition}) as found`;
}

/** Whether what is said of the endpoint, or of the certificate at fault, accepts `found`. */
function isAccepted(annotations: Annotations, now: Date | undefined): RawBuilder<SqlBool> {
  const moment = now ? sql`${now.getTime()}` : sql`observation.observed_at`;
  const byEndpoint = sql<SqlBool>`annotation_waives(${annotationOfEndpoint(annotations)}, found.name, ${moment})`;
  if (!annotations.hasCertificates) return byEndpoint;
  const ofSubject = annotationOfDigest(sql`found.subject`);
  return sql`(${byEndpoint} or annotation_waives(${ofSubject}, found.name, ${moment}))`;
}

/** That a certificate has expired or was revoked stays a fact; a warning that rests on accepted findings alone does not. */
function statusOf(
  open: RawBuilder<unknown>,
  annotations: Annotations,
  now: Date | undefined,
): RawBuilder<Status> {
  const accepted = select(isAccepted(annotations, now));
  const grave = sql.join(WARNING_SEVERITIES.map((severity) => sql.lit(severity)));
  return sql`case when ${joinedStatus} = ${sql.lit(WARNING)}
    and exists (select 1 from ${accepted})
    and not exists (select 1 from ${open} where found.severity in (${grave}))
    then ${sql.lit(GOOD)} else ${joinedStatus} end`;
}
