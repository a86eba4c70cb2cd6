import type { Kysely } from 'kysely';
import type { Revocation } from '../model/revocation.js';
import { decodeHex, encodeHex } from './hex.js';
import type { InventorySchema } from './schema.js';

/** What a source said of a certificate that was revoked. */
export type RevokedAnswer = Extract<Revocation, { status: 'revoked' }>;

/** Looks for what one of the sources has said of a certificate that still counts, the first of them first; null: nothing. */
export async function findRevocationAnswer(
  db: Kysely<InventorySchema>,
  fingerprint: string,
  sources: readonly string[],
  now: Date,
): Promise<Revocation | null> {
  const rows = await db
    .selectFrom('revocation_answer')
    .selectAll()
    .where('certificate_sha256', '=', decodeHex(fingerprint))
    .where('source', 'in', sources)
    .where('valid_until', '>', now.getTime())
    .execute();
  const [row] = rows.sort((a, b) => sources.indexOf(a.source) - sources.indexOf(b.source));
  if (row === undefined) return null;
  const { source, status, revoked_at: at, reason } = row;
  return status === 'good' ? { status, source } : { status, at, reason, source };
}

/** Lists what was ever said of certificates that were revoked, by fingerprint: unlike other answers it does not run out. */
export async function listRevoked(db: Kysely<InventorySchema>): Promise<ReadonlyMap<string, RevokedAnswer>> {
  const rows = await db
    .selectFrom('revocation_answer')
    .selectAll()
    .where('status', '=', 'revoked')
    .orderBy('certificate_sha256')
    .orderBy('source', 'desc')
    .execute();
  return new Map(
    rows.map(({ certificate_sha256, revoked_at, reason, source }) => [
      encodeHex(certificate_sha256),
      { status: 'revoked', at: revoked_at, reason, source },
    ]),
  );
}

/** Keeps what a source has said of a certificate, in place of what it said before; what is unknown is not kept. */
export async function saveRevocationAnswer(
  db: Kysely<InventorySchema>,
  fingerprint: string,
  revocation: Revocation,
  validUntil: Date,
): Promise<void> {
  if (revocation.status === 'unknown') return;
  const said =
    revocation.status === 'good'
      ? { status: revocation.status, revoked_at: null, reason: null }
      : { status: revocation.status, revoked_at: revocation.at, reason: revocation.reason };
  const answer = { ...said, valid_until: validUntil.getTime() };
  await db
    .insertInto('revocation_answer')
    .values({ certificate_sha256: decodeHex(fingerprint), source: revocation.source, ...answer })
    .onConflict((conflict) => conflict.columns(['certificate_sha256', 'source']).doUpdateSet(answer))
    .execute();
}
