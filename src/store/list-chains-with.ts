import type { Database } from 'better-sqlite3';
import type { InferResult, Kysely } from 'kysely';
import { decodeHex, encodeHex } from './hex.js';
import type { InventorySchema } from './schema.js';

/** A certificate in a presented chain. */
export interface ChainLink {
  readonly fingerprintSha256: string;
  /** Null: it cannot be read. */
  readonly subject: string | null;
}

/** Reads the presented chains that hold a certificate (SHA-256, hex), each in sent order. */
export function* listChainsWith(
  database: Database,
  db: Kysely<InventorySchema>,
  fingerprint: string,
): Generator<readonly ChainLink[]> {
  const chains = db
    .selectFrom('chain_certificate as link')
    .innerJoin('certificate', 'certificate.id', 'link.certificate_id')
    .select('link.chain_id')
    .distinct()
    .where('certificate.sha256', '=', decodeHex(fingerprint))
    .orderBy('link.chain_id')
    .compile();
  const links = db
    .selectFrom('chain_certificate as link')
    .innerJoin('certificate', 'certificate.id', 'link.certificate_id')
    .select(['certificate.sha256', 'certificate.subject'])
    .where('link.chain_id', '=', 0)
    .orderBy('link.position');
  const linksOf = database.prepare<[number], InferResult<typeof links>[number]>(links.compile().sql);
  const ids = database.prepare<unknown[], number>(chains.sql).pluck();
  for (const id of ids.iterate(...chains.parameters))
    yield linksOf.all(id).map(({ sha256, subject }) => ({ fingerprintSha256: encodeHex(sha256), subject }));
}
