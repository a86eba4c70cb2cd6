import type { Database } from 'better-sqlite3';
import type { Kysely } from 'kysely';
import { encodeHex } from './hex.js';
import type { InventorySchema } from './schema.js';

/** Prepares reading the fingerprints of a chain, as it was sent. */
export function prepareChain(
  database: Database,
  db: Kysely<InventorySchema>,
): (id: number) => readonly string[] {
  const { sql: text } = db
    .selectFrom('chain_certificate as link')
    .innerJoin('certificate', 'certificate.id', 'link.certificate_id')
    .select('certificate.sha256')
    .where('link.chain_id', '=', 0)
    .orderBy('link.position')
    .compile();
  const statement = database.prepare<[number], Uint8Array>(text).pluck();
  return (id) => statement.all(id).map(encodeHex);
}
