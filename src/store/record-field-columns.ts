import { type RawBuilder, sql } from 'kysely';
import { EXPIRED_REASON } from '../model/expired.js';
import { SEVERITIES } from '../model/finding.js';
import { annotationFieldColumns } from './annotation-columns.js';
import { certificateFieldColumns, value } from './certificate-field-columns.js';
import type { FieldColumn, FieldColumns } from './field-column.js';
import { firstSeen } from './first-seen.js';
import { type Ended, letterOf } from './has-ended.js';
import { lastSeen } from './last-seen.js';
import type { Told } from './select-records.js';

type Sql = RawBuilder<unknown>;

/** Answers to queries about records, from the rows that `selectRecords` joins, with what is said of them. */
export function recordFieldColumns(
  now: Date,
  { annotation, ended, findings: { all, open, status, waived }, grade, lastScan }: Told,
): FieldColumns {
  return {
    ...certificateFieldColumns(now),
    ...annotationFieldColumns(annotation),
    ...OWN,
    certificateGrade: value(letterOf(ended, sql`json_extract(grading.content, '$.certificate')`)),
    grade: value(grade),
    gradeReasons: list(listReasons(ended), sql`reason.text`),
    lastScan: value(lastScan),
    advice: list(all, sql`found.advice`),
    messages: list(all, sql`found.message`),
    severity: value(gravest(open)),
    status: value(status),
    waived: list(waived, sql`found.name`),
    warnings: list(open, sql`found.name`),
  };
}

const addressText = sql`address_text(endpoint.address)`;

/** The gravest by rank, and back to its name. */
function gravest(findings: Sql): Sql {
  return sql`
    case (select max(case found.severity ${whenAll((name, rank) => [name, rank])} end) from ${findings})
    ${whenAll((name, rank) => [rank, name])} end`;
}

function whenAll(pair: (name: string, rank: number) => readonly [string | number, string | number]): Sql {
  const branches = SEVERITIES.map((name, rank) => pair(name, rank)).map(
    ([when, then]) => sql`when ${sql.lit(when)} then ${sql.lit(then)}`,
  );
  return sql.join(branches, sql` `);
}

function list(from: Sql, entry: Sql): FieldColumn {
  return { type: 'list', from, forms: [entry] };
}

/** Each reason as columns show it: the letter, and why it is no better. */
function listReasons(ended: Ended): Sql {
  const judged = sql`
    select json_extract(value, '$.cap') || ': ' || json_extract(value, '$.message') as text
    from json_each(grading.content, '$.reasons')`;
  if (ended === null) return sql`(${judged}) as reason`;
  const { cap, message } = EXPIRED_REASON;
  return sql`(${judged} union all
    select ${sql.lit(`${cap}: ${message}`)} where ${ended} and grading.content is not null) as reason`;
}

const OWN: FieldColumns = {
  address: { type: 'address', value: sql`nullif(endpoint.address, x'')`, text: addressText },
  cipherSuite: value(sql`handshake.cipher_suite`),
  compression: value(sql`handshake.compression`),
  configurationGrade: value(sql`json_extract(grading.content, '$.configuration')`),
  failure: value(
    sql`case when outcome.stage is not null and outcome.code is not null then coalesce(outcome.detail, '') end`,
  ),
  firstSeen: value(firstSeen),
  greeting: value(sql`plain_talk.greeting`),
  group: value(sql`handshake.key_exchange_group`),
  host: value(sql`coalesce(nullif(endpoint.host, ''), ${addressText}, '')`),
  lastSeen: value(lastSeen),
  outcome: value(sql`outcome.name`),
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
  state: value(sql`current.state`),
  stateSince: value(sql`current.state_since`),
  stapledOcsp: value(sql`case when handshake.id is not null then judgement.stapled_ocsp end`),
  tlsVersion: value(sql`handshake.version`),
  trustStores: list(sql`json_each(judgement.trust_stores) as store`, sql`store.value`),
};
