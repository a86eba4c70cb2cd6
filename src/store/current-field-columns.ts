import { type RawBuilder, type SqlBool, sql } from 'kysely';
import { EXPIRED } from '../model/expired.js';
import { SEVERITIES } from '../model/finding.js';
import { STATUSES, type Status } from '../model/judgement.js';
import { addressText } from './address-text.js';
import { value } from './certificate-field-columns.js';
import type { FieldColumn, FieldColumns, SharedValues } from './field-column.js';
import { type Ended, EXPIRED_RANK, hasCurrentEnded, ifEnded, letterOf } from './has-ended.js';
import { lastSeen } from './last-seen.js';
import type { RecordSortKey } from './record-query.js';

// Why fields have a second home: half a million rows of `current_endpoint` are read from end to end in a tenth of a
// second, but looking up the certificate, the judgement and the observation of each takes more than one. Here is what the
// narrow row itself can answer; for the rest, facts are joined that cost as much as they are.

const ADDRESS_TEXT = addressText(sql`current.address`);

/** Answers to queries from the row `current` alone, as far as it has them. */
export function currentFieldColumns(ended: Ended): FieldColumns {
  return {
    address: {
      type: 'address',
      value: sql`nullif(current.address, x'')`,
      text: ADDRESS_TEXT,
    },
    commonName: value(sql`current.common_name`),
    expires: value(sql`current.not_after`),
    issued: value(sql`current.not_before`),
    keyLength: value(sql`current.key_bits`),
    keyType: value(sql`current.key_type`),
    firstSeen: value(sql`current.first_seen`),
    grade: value(currentGrade(ended)),
    host: value(sql`coalesce(nullif(current.host, ''), ${ADDRESS_TEXT}, '')`),
    issuer: {
      type: 'keyed',
      key: sql`current.issuer_id`,
      from: sql`issuer_name`,
      fromKey: sql`issuer_name.id`,
      value: sql`issuer_name.name`,
    },
    lastScan: value(sql`current.last_observed_at`),
    lastSeen: value(lastSeen),
    port: value(sql`current.port`),
    protocol: value(sql`current.protocol`),
    serverName: value(sql`nullif(current.server_name, '')`),
    state: value(sql`current.state`),
    stateSince: value(sql`current.state_since`),
  };
}

/** What it and shared facts can answer of what was found, as far as nobody accepts findings by annotations. */
export function currentFindingColumns(ended: Ended): FieldColumns {
  return {
    status: value(currentStatus(ended)),
    waived: listFindings(sql`is not null`, []),
    warnings: listFindings(sql`is null`, ended === null ? [] : [hasExpired(ended)]),
    severity: value(
      sql`case ${currentSeverityRank(ended)} ${sql.join(
        SEVERITIES.map((each, rank) => sql`when ${sql.lit(rank)} then ${sql.lit(each)}`),
        sql` `,
      )} end`,
    ),
  };
}

/** Names of findings, by whether a waiver goes with them, and of others. */
function listFindings(isMeant: RawBuilder<unknown>, others: readonly SharedValues[]): FieldColumn {
  return {
    type: 'keyed-list',
    parts: [
      {
        key: sql`current.judgement_id`,
        from: sql`finding_rule as found
          inner join judgement_finding as own on own.rule_id = found.id and own.waiver_id ${isMeant}`,
        fromKey: sql`own.judgement_id`,
      },
      {
        key: sql`current.chain_id`,
        from: sql`certificate_finding as found
          inner join chain_certificate as link
          on link.certificate_id = found.certificate_id and found.waiver_id ${isMeant}`,
        fromKey: sql`link.chain_id`,
      },
      ...others,
    ],
    forms: [sql`found.name`],
  };
}

/** What time has added. */
function hasExpired(ended: RawBuilder<SqlBool>): SharedValues {
  return {
    key: sql`iif(${ended}, 1, null)`,
    from: sql`(select 1 as one, ${sql.lit(EXPIRED.id)} as name) as found`,
    fromKey: sql`found.one`,
  };
}

const EXPIRED_SEVERITY_RANK = sql.lit(SEVERITIES.indexOf(EXPIRED.severity));

/** When its certificate ended, if that was since it was judged; else null. */
export function currentEnd(now: Date | undefined): RawBuilder<number | null> {
  return ifEnded<number | null>(hasCurrentEnded(now), sql`current.not_after`, sql`null`);
}

/** The place of its status among all, as far as annotations do not change it. */
export function currentStatusRank(ended: Ended): RawBuilder<number> {
  return ifEnded<number>(ended, EXPIRED_RANK, sql`current.status_rank`);
}

const names = STATUSES.map((each, rank) => sql`when ${sql.lit(rank)} then ${sql.lit(each)}`);
/** Its status, as far as annotations do not change it. */
export function currentStatus(ended: Ended): RawBuilder<Status> {
  return sql`case ${currentStatusRank(ended)} ${sql.join(names, sql` `)} end`;
}

/** Its letter; null: none was given. */
function currentGrade(ended: Ended): RawBuilder<string | null> {
  return letterOf(ended, sql`current.grade`);
}

/** The place of its gravest finding among all severities, as far as annotations do not change it; null: there is none. */
function currentSeverityRank(ended: Ended): RawBuilder<number | null> {
  const gravest = sql<number | null>`max(coalesce(current.severity_rank, 0), ${EXPIRED_SEVERITY_RANK})`;
  return ifEnded(ended, gravest, sql`current.severity_rank`);
}

/** What the row can be sorted by, whatever time has made of it. */
const SORT_KEYS: Readonly<Partial<Record<RecordSortKey, RawBuilder<unknown>>>> = {
  address: sql`current.address`,
  commonName: sql`current.common_name`,
  daysLeft: sql`current.not_after`,
  expires: sql`current.not_after`,
  firstSeen: sql`current.first_seen`,
  host: sql`lower(nullif(current.host, ''))`,
  issued: sql`current.not_before`,
  issuer: sql`issuer_name.name`,
  keyLength: sql`current.key_bits`,
  keyType: sql`current.key_type`,
  lastScan: sql`current.last_observed_at`,
  lastSeen,
  outcome: sql`outcome.name`,
  port: sql`current.port`,
  protocol: sql`current.protocol`,
  serverName: sql`lower(nullif(current.server_name, ''))`,
  state: sql`current.state`,
  stateSince: sql`current.state_since`,
  tlsVersion: sql`handshake.version`,
};

/** What the row can be sorted by, but for the status, which annotations change. */
export function currentSortKeys(ended: Ended): typeof SORT_KEYS {
  return { ...SORT_KEYS, grade: currentGrade(ended) };
}
