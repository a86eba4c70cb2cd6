import { type RawBuilder, sql } from 'kysely';
import { SEVERITIES } from '../model/finding.js';
import { certificateFieldColumns, value } from './certificate-field-columns.js';
import { joinedStatus } from './certificate-findings.js';
import type { FieldColumn, FieldColumns } from './field-column.js';
import { firstSeen } from './first-seen.js';

type Sql = RawBuilder<unknown>;

/** Answers to queries about records, from the rows that `selectRecords` joins. */
export function recordFieldColumns(now: Date): FieldColumns {
  return { ...certificateFieldColumns(now), ...OWN };
}

const addressText = sql`address_text(endpoint.address)`;

/** The findings of an observation, those of its certificates among them. */
const allFindings = sql`(
  select rule.name, rule.severity, own.message, rule.advice, own.waiver_id
  from judgement_finding as own inner join finding_rule as rule on rule.id = own.rule_id
  where own.judgement_id = observation.judgement_id
  union all
  select shared.name, shared.severity, shared.message, shared.advice, shared.waiver_id
  from chain_certificate as link inner join certificate_finding as shared on shared.certificate_id = link.certificate_id
  where link.chain_id = observation.chain_id) as found`;
const openFindings = sql`(select * from ${allFindings} where found.waiver_id is null) as found`;
const waivedFindings = sql`(select * from ${allFindings} where found.waiver_id is not null) as found`;

/** The gravest by rank, and back to its name. */
const severity = sql`
  case (select max(case found.severity ${whenAll((name, rank) => [name, rank])} end) from ${openFindings})
  ${whenAll((name, rank) => [rank, name])} end`;

function whenAll(pair: (name: string, rank: number) => readonly [string | number, string | number]): Sql {
  const branches = SEVERITIES.map((name, rank) => pair(name, rank)).map(
    ([when, then]) => sql`when ${sql.lit(when)} then ${sql.lit(then)}`,
  );
  return sql.join(branches, sql` `);
}

function list(from: Sql, entry: Sql): FieldColumn {
  return { type: 'list', from, forms: [entry] };
}

// Nobody can say yet who answers for an endpoint, nor tag it: no owner is known and no tag is there.
const OWN: FieldColumns = {
  address: { type: 'address', value: sql`nullif(endpoint.address, x'')`, text: addressText },
  advice: list(allFindings, sql`found.advice`),
  certificateGrade: value(sql`json_extract(grading.content, '$.certificate')`),
  cipherSuite: value(sql`handshake.cipher_suite`),
  compression: value(sql`handshake.compression`),
  configurationGrade: value(sql`json_extract(grading.content, '$.configuration')`),
  failure: value(
    sql`case when outcome.stage is not null and outcome.code is not null then coalesce(outcome.detail, '') end`,
  ),
  firstSeen: value(firstSeen),
  grade: value(sql`judgement.grade`),
  gradeReasons: list(
    sql`json_each(grading.content, '$.reasons') as reason`,
    sql`(json_extract(reason.value, '$.cap') || ': ' || json_extract(reason.value, '$.message'))`,
  ),
  greeting: value(sql`plain_talk.greeting`),
  group: value(sql`handshake.key_exchange_group`),
  host: value(sql`coalesce(nullif(endpoint.host, ''), ${addressText}, '')`),
  lastScan: value(sql`observation.observed_at`),
  messages: list(allFindings, sql`found.message`),
  outcome: value(sql`outcome.name`),
  owner: value(sql`null`),
  path: value(sql`judgement.path_status`),
  pathReason: value(sql`judgement.path_reason`),
  plaintextAfterGoAhead: value(sql`plain_talk.after_go_ahead`),
  port: value(sql`endpoint.port`),
  presentedChain: list(
    sql`chain_certificate as link inner join certificate as sent
      on sent.id = link.certificate_id and link.chain_id = observation.chain_id`,
    sql`lower(hex(sent.sha256))`,
  ),
  protocol: value(sql`endpoint.protocol`),
  run: value(sql`scan_run.uuid`),
  serverName: value(sql`nullif(endpoint.server_name, '')`),
  severity: value(severity),
  stapledOcsp: value(sql`case when handshake.id is not null then judgement.stapled_ocsp end`),
  status: value(joinedStatus),
  tags: list(sql`(select null as name where 1 = 0) as tag`, sql`tag.name`),
  tlsVersion: value(sql`handshake.version`),
  trustStores: list(sql`json_each(judgement.trust_stores) as store`, sql`store.value`),
  waived: list(waivedFindings, sql`found.name`),
  warnings: list(openFindings, sql`found.name`),
};
