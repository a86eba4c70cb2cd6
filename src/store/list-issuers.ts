import type { Database } from 'better-sqlite3';
import type { Kysely } from 'kysely';
import { NO_DER } from './no-der.js';
import type { InventorySchema } from './schema.js';

/** Reads, as DER, the certificates that were presented above some leaf, and those that nobody presented. */
export function* listIssuers(database: Database, db: Kysely<InventorySchema>): Generator<Uint8Array> {
  const { sql, parameters } = db
    .selectFrom('certificate')
    .select('certificate.der')
    .where('certificate.der', '!=', NO_DER)
    .where((eb) => {
      const links = eb.selectFrom('chain_certificate as link').select('link.certificate_id');
      return eb.or([
        eb('certificate.id', 'in', links.where('link.position', '>', 0)),
        eb.not(eb.exists(links.whereRef('link.certificate_id', '=', 'certificate.id'))),
      ]);
    })
    .compile();
  yield* database
    .prepare<unknown[], Uint8Array>(sql)
    .pluck()
    .iterate(...parameters);
}
