import { type RawBuilder, sql } from 'kysely';
import type { FieldColumn, FieldColumns } from './field-column.js';

type Sql = RawBuilder<unknown>;

const MS_PER_DAY = 86_400_000;

/** Answers from the row `certificate`, which may be missing or unreadable: nothing is known of it then. */
export function certificateFieldColumns(now: Date): FieldColumns {
  return { ...FACTS, daysLeft: value(daysUntil(sql`certificate.not_after`, now)) };
}

/** A column of one value. */
export function value(expression: Sql): FieldColumn {
  return { type: 'value', value: expression };
}

/** What stands behind the first colon of `DNS:a.example`; by bytes, for text functions stop at a NUL. */
const nameItself = sql`
  cast(substr(cast(name.value as blob), instr(cast(name.value as blob), x'3a') + 1) as text)`;

const isWildcard = sql`
  substr(certificate.common_name, 1, 2) = '*.' or exists (
    select 1 from json_each(certificate.subject_alt_names) as name where substr(name.value, 1, 6) = 'DNS:*.')`;

const FACTS: FieldColumns = {
  commonName: value(sql`certificate.common_name`),
  expires: value(sql`certificate.not_after`),
  fingerprintSha256: value(
    sql`case when certificate.subject is not null then lower(hex(certificate.sha256)) end`,
  ),
  hash: value(sql`hash_of_signature(certificate.signature_algorithm)`),
  issued: value(sql`certificate.not_before`),
  issuer: value(sql`certificate.issuer`),
  keyLength: value(sql`certificate.key_bits`),
  keyType: value(sql`certificate.key_type`),
  serialNumber: value(sql`certificate.serial_number`),
  signatureAlgorithm: value(sql`certificate.signature_algorithm`),
  spkiSha256: value(
    sql`case when certificate.subject is not null then lower(hex(certificate.spki_sha256)) end`,
  ),
  subject: value(sql`certificate.subject`),
  subjectAltNames: {
    type: 'list',
    from: sql`json_each(certificate.subject_alt_names) as name`,
    forms: [sql`name.value`, nameItself],
  },
  validation: value(sql`certificate.validation`),
  wildcard: value(sql`
    case when certificate.subject is null then null when ${isWildcard} then 'yes' else 'no' end`),
};

/** Whole days, rounded down; division of whole numbers rounds towards zero, so the remainder is taken off first. */
function daysUntil(moment: Sql, now: Date): Sql {
  const left = sql`(${moment} - ${sql.lit(now.getTime())})`;
  const day = sql.lit(MS_PER_DAY);
  return sql`((${left} - ((${left} % ${day}) + ${day}) % ${day}) / ${day})`;
}
