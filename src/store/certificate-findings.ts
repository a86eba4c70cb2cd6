import type { Database } from 'better-sqlite3';
import { type InferResult, type Kysely, type RawBuilder, type SqlBool, sql } from 'kysely';
import { type Finding, isAtLeast, SEVERITIES, type Waived } from '../model/finding.js';
import type { Status } from '../model/judgement.js';
import { encodeHex } from './hex.js';
import type { InventorySchema } from './schema.js';

/** Prepares reading the findings that the certificates of a chain have for being compared with all others. */
export function prepareCertificateFindings(
  database: Database,
  db: Kysely<InventorySchema>,
): (chainId: number) => readonly Finding[] {
  const select = db
    .selectFrom('chain_certificate as link')
    .innerJoin('certificate_finding as found', 'found.certificate_id', 'link.certificate_id')
    .innerJoin('certificate', 'certificate.id', 'link.certificate_id')
    .select(['found.name', 'found.severity', 'found.message', 'found.advice', 'found.citation'])
    .leftJoin('waiver', 'waiver.id', 'found.waiver_id')
    .select(['certificate.sha256', 'waiver.owner', 'waiver.reason', 'waiver.until'])
    .distinct()
    .where('link.chain_id', '=', 0)
    .orderBy('found.name')
    .orderBy('certificate.sha256');
  type FoundRow = InferResult<typeof select>[number];
  // Most inventories have none, and looking for them in each chain would take as long as all else that is asked of it.
  if (database.prepare('select 1 from certificate_finding limit 1').get() === undefined) return () => [];
  const statement = database.prepare<[number], FoundRow>(select.compile().sql);
  return (chainId) =>
    statement.all(chainId).map(({ name, severity, sha256, message, advice, citation, ...waiver }) => ({
      id: name,
      severity,
      subject: encodeHex(sha256),
      message,
      advice,
      citation,
      ...toWaived(waiver),
    }));
}

function toWaived(waiver: { owner: string | null; reason: string | null; until: number | null }): {
  waived?: Waived;
} {
  const { owner, reason, until } = waiver;
  if (owner === null || reason === null || until === null) return {};
  return { waived: { owner, reason, until: new Date(until).toISOString() } };
}

/** Joins the findings of a judgement with those of its certificates: most severe first, then by id. */
export function joinCertificateFindings(
  ofJudgement: readonly Finding[],
  ofCertificates: readonly Finding[],
): readonly Finding[] {
  if (ofCertificates.length === 0) return ofJudgement;
  return [...ofJudgement, ...ofCertificates].sort(
    (a, b) =>
      SEVERITIES.indexOf(b.severity) - SEVERITIES.indexOf(a.severity) ||
      (a.id < b.id ? -1 : a.id > b.id ? 1 : 0),
  );
}

/** Whether a certificate of the observation's chain has a finding of one of these names. */
export function hasCertificateFinding(names: readonly string[]): RawBuilder<SqlBool> {
  return existsFinding(sql`found.name in (${sql.join(names)})`);
}

const WARNING: Status = 'Warning';
const GOOD: Status = 'Good';
const WARNING_SEVERITIES = SEVERITIES.filter((severity) => isAtLeast(severity, 'medium'));

/** The status of an observation: that of its judgement, but Warning where its certificates have such a finding. */
export const joinedStatus: RawBuilder<Status> = sql`
  case when judgement.status = ${sql.lit(GOOD)}
    and ${existsFinding(sql`found.waiver_id is null and found.severity in (${sql.join(WARNING_SEVERITIES.map((each) => sql.lit(each)))})`)}
  then ${sql.lit(WARNING)} else judgement.status end`;

function existsFinding(condition: RawBuilder<unknown>): RawBuilder<SqlBool> {
  return sql`exists (
    select 1 from chain_certificate as link
    inner join certificate_finding as found on found.certificate_id = link.certificate_id
    where link.chain_id = observation.chain_id and ${condition})`;
}
