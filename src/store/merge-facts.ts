import type { Database } from 'better-sqlite3';
import { CERTIFICATE_FACTS } from './certificate-row.js';
import { copyRowsSql, mergedTable } from './mapped-columns.js';
import type { InventorySchema } from './schema.js';

type Table = keyof InventorySchema;

/** Tables of facts with their natural keys; what others refer to comes first. */
const FACTS: readonly (readonly [table: Table, naturalKey: readonly string[]])[] = [
  ['endpoint', ['address', 'port', 'protocol', 'server_name', 'host']],
  ['outcome', ['content_hash']],
  ['plain_talk', ['content_hash']],
  ['handshake', ['content_hash']],
  ['stapled_response', ['sha256']],
  ['certificate', ['sha256']],
  ['chain', ['content_hash']],
  ['posture', ['content_hash']],
  ['grading', ['content_hash']],
  ['waiver', ['content_hash']],
  ['revocation_report', ['content_hash']],
  ['finding_rule', ['content_hash']],
  ['judgement', ['content_hash']],
  ['key_comparison', ['content_hash']],
];

/** Tables that say what facts belong together. */
const LINKS: readonly Table[] = ['chain_certificate', 'posture_chain', 'judgement_finding', 'endpoint_chain'];

/** What facts have changed that were here before. */
export interface MergedFacts {
  /** Numbers of the certificates that are known better. */
  readonly completed: readonly number[];
  /** Whether more or other things were found in certificates. */
  readonly hasFindings: boolean;
}

/**
 * Takes all facts of an attached inventory that nobody has observed yet, and leaves in the tables of `mergedTable` which
 * rows they are here.
 */
export function mergeFacts(database: Database, attached: string): MergedFacts {
  for (const [table, naturalKey] of FACTS) {
    database.exec(copyRowsSql(database, attached, table));
    const isSame = naturalKey.map((column) => `here.${column} = source.${column}`).join(' and ');
    database.exec(`
      drop table if exists ${mergedTable(table)};
      create table ${mergedTable(table)} (source_id integer primary key, id integer not null);
      insert into ${mergedTable(table)} (source_id, id)
        select source.id, here.id from ${attached}.${table} as source
        cross join main.${table} as here on ${isSame}
        order by source.id;`);
  }
  for (const table of LINKS) database.exec(copyRowsSql(database, attached, table));
  const completed = database.prepare<[], number>(betterCertificatesSql(attached)).pluck().all();
  const found = database.prepare(certificateFindingsSql(database, attached)).run().changes;
  mergeRevocationAnswers(database, attached);
  return { completed, hasFindings: found > 0 };
}

/**
 * A certificate with its bytes is better known than one without, and one that could be read better than one that could
 * not. Anything else that differs was told by other tools: then either will do, as long as it is always the same.
 */
function betterCertificatesSql(attached: string): string {
  const columns = [...CERTIFICATE_FACTS.slice(1), 'der'];
  const rankOf = (row: string): string => {
    const facts = CERTIFICATE_FACTS.slice(1).map((column) =>
      column === 'spki_sha256' ? `hex(${row}.${column})` : `${row}.${column}`,
    );
    return `(length(${row}.der) > 0, ${row}.subject is not null, json_array(${facts.join(', ')}))`;
  };
  const differs = columns.map((column) => `source.${column} is not certificate.${column}`).join(' or ');
  return `update main.certificate set ${columns.map((column) => `${column} = source.${column}`).join(', ')}
    from ${mergedTable('certificate')} as same
    cross join ${attached}.certificate as source on source.id = same.source_id
    where certificate.id = same.id and (${differs}) and ${rankOf('source')} > ${rankOf('certificate')}
    returning id`;
}

/** Of two findings of one name about a certificate, always the same one stays. */
function certificateFindingsSql(database: Database, attached: string): string {
  const rankOf = (
    row: string,
  ): string => `json_array(${row}.severity, ${row}.message, ${row}.advice, ${row}.citation,
    (select hex(content_hash) from main.waiver where waiver.id = ${row}.waiver_id))`;
  const onConflict = `(certificate_id, name) do update set severity = excluded.severity, message = excluded.message,
      advice = excluded.advice, citation = excluded.citation, waiver_id = excluded.waiver_id
    where ${rankOf('excluded')} > ${rankOf('certificate_finding')}`;
  return copyRowsSql(database, attached, 'certificate_finding', { onConflict });
}

/** Of two answers of one source, that which counts longer stays; where they are equal, the revoked one. */
function mergeRevocationAnswers(database: Database, attached: string): void {
  const rankOf = (row: string): string =>
    `(${row}.valid_until, ${row}.status, coalesce(${row}.revoked_at, -1), coalesce(${row}.reason, ''))`;
  const onConflict = `(certificate_sha256, source) do update set status = excluded.status,
      revoked_at = excluded.revoked_at, reason = excluded.reason, valid_until = excluded.valid_until
    where ${rankOf('excluded')} > ${rankOf('revocation_answer')}`;
  database.exec(copyRowsSql(database, attached, 'revocation_answer', { onConflict }));
}
