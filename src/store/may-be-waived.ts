import { type RawBuilder, type SqlBool, sql } from 'kysely';
import { EXPIRED } from '../model/expired.js';
import { ENDPOINT_COLUMNS } from './endpoint-row.js';
import type { Ended } from './has-ended.js';
import type { Annotations } from './read-annotations.js';
import { DIGEST_BYTES } from './split-digests.js';

// Why it asks for more than what is accepted: what people say of an endpoint is worked out from rules, times and all its
// findings, which takes longer than all else that is asked of it. Most endpoints can be told at once to have nothing that
// anybody accepts; these few sets are made once for a query, and only the rest need a look.

/** Builds the condition without which nobody accepts a finding of the row `current`; null: nobody accepts anything. */
export function mayBeWaived(annotations: Annotations, ended: Ended): RawBuilder<SqlBool> | null {
  const { hasCertificates, hasEndpoints, hasWaivers, rules } = annotations;
  if (!hasWaivers) return null;
  const names = new Set(
    rules.rules.flatMap(({ annotation }) => annotation.waivers.map(({ finding }) => finding)),
  );
  const ways = [
    ...(hasEndpoints ? [isSpokenOf] : []),
    ...(hasCertificates ? [hasSpokenCertificate] : []),
    ...(names.size > 0 ? [hasFinding([...names])] : []),
    // What time has added is not among the findings as they were judged.
    ...(ended !== null && names.has(EXPIRED.id) ? [ended] : []),
  ];
  return ways.length === 0 ? null : sql`(${sql.join(ways, sql` or `)})`;
}

/** Subjects begin with their kind and a space; the exclamation mark is the character behind it. */
function waiversOf(kind: 'certificate' | 'endpoint'): RawBuilder<SqlBool> {
  return sql`said.field = 'waiver' and said.value is not null
    and said.subject > ${sql.lit(`${kind} `)} and said.subject < ${sql.lit(`${kind}!`)}`;
}

const IS_THE_SUBJECT = ENDPOINT_COLUMNS.map(
  (column) => sql`endpoint.${sql.ref(column)} = subject_column(said.subject, ${sql.lit(column)})`,
);

const isSpokenOf = sql<SqlBool>`current.endpoint_id in (
  select endpoint.id from annotation as said
  cross join endpoint on ${sql.join(IS_THE_SUBJECT, sql` and `)}
  where ${waiversOf('endpoint')})`;

const DIGESTS = sql`(
  select unhex(substr(said.subject, length('certificate ') + 1)) from annotation as said
  where ${waiversOf('certificate')})`;

/** What the own certificate has, or one at fault, which stands in the path perhaps and was never sent. */
const hasSpokenCertificate = sql<SqlBool>`(
  current.chain_id in (
    select link.chain_id from certificate
    cross join chain_certificate as link on link.certificate_id = certificate.id
    where certificate.sha256 in ${DIGESTS})
  or current.judgement_id in (
    select own.judgement_id from finding_rule as rule
    cross join judgement_finding as own on own.rule_id = rule.id
    cross join judgement on judgement.id = own.judgement_id
    where rule.name in (select said.name from annotation as said where ${waiversOf('certificate')})
    and substr(judgement.fingerprints, own.subject * ${sql.lit(DIGEST_BYTES)} + 1, ${sql.lit(DIGEST_BYTES)})
      in ${DIGESTS}))`;

/** By itself or for its certificates. */
function hasFinding(names: readonly string[]): RawBuilder<SqlBool> {
  const asked = sql.join(names);
  return sql`(
    current.judgement_id in (
      select own.judgement_id from finding_rule as rule
      cross join judgement_finding as own on own.rule_id = rule.id where rule.name in (${asked}))
    or current.chain_id in (
      select link.chain_id from certificate_finding as shared
      cross join chain_certificate as link on link.certificate_id = shared.certificate_id
      where shared.name in (${asked})))`;
}
