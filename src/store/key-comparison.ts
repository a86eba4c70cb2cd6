import type { Database } from 'better-sqlite3';
import type { Kysely } from 'kysely';
import type { Finding } from '../model/finding.js';
import { prepareFindOrInsert, prepareInsert } from './find-or-insert.js';
import { decodeHex, encodeHex } from './hex.js';
import { prepareSaveWaiver } from './save-waiver.js';
import type { InventorySchema } from './schema.js';
import { sha256 } from './sha256.js';
import { refreshStatuses } from './write-current-endpoint.js';

/** A set of RSA keys that were compared with each other for common primes: SHA-256 of each key, hex. */
export interface KeyComparison {
  readonly keys: readonly string[];
  /** Those of them that share a prime with another one of them. */
  readonly sharing: readonly string[];
}

/** What a comparison of keys found, by the fingerprint (SHA-256, hex) of the certificate. */
export interface CertificateFinding {
  readonly fingerprint: string;
  readonly finding: Finding;
}

/** Length of a SHA-256 digest in hex. */
const DIGEST_DIGITS = 64;

/** Reads the largest set of keys that were compared with each other; empty: none were. */
export async function findKeyComparison(db: Kysely<InventorySchema>): Promise<KeyComparison> {
  const row = await db
    .selectFrom('key_comparison')
    .select(['keys', 'sharing'])
    .orderBy((eb) => eb.fn<number>('length', ['keys']), 'desc')
    .orderBy('content_hash')
    .limit(1)
    .executeTakeFirst();
  return { keys: splitDigests(row?.keys), sharing: splitDigests(row?.sharing) };
}

/** Saves a comparison in place of those that it includes, and its findings in place of all earlier ones. */
export function saveKeyComparison(
  database: Database,
  { keys, sharing }: KeyComparison,
  findings: readonly CertificateFinding[],
): void {
  const findCertificate = database
    .prepare<[Uint8Array], number>('select id from certificate where sha256 = ?')
    .pluck();
  const insertFinding = prepareInsert(database, 'certificate_finding', [
    'certificate_id',
    'name',
    'severity',
    'message',
    'advice',
    'citation',
    'waiver_id',
  ]);
  const saveWaiver = prepareSaveWaiver(database);
  const comparisons = prepareFindOrInsert(database, 'key_comparison', ['content_hash'], ['keys', 'sharing']);
  const row = { keys: joinDigests(keys), sharing: joinDigests(sharing) };
  database
    .transaction(() => {
      for (const other of listIncluded(database, new Set(keys)))
        database.prepare('delete from key_comparison where id = ?').run(other);
      if (keys.length > 0) comparisons({ content_hash: hashOf(row.keys, row.sharing), ...row });
      database.prepare('delete from certificate_finding').run();
      for (const { fingerprint, finding } of findings) {
        const id = findCertificate.get(decodeHex(fingerprint));
        if (id === undefined) continue;
        const { id: name, severity, message, advice, citation, waived } = finding;
        const waiver_id = saveWaiver(waived);
        insertFinding({ certificate_id: id, name, severity, message, advice, citation, waiver_id });
      }
      refreshStatuses(database);
    })
    .immediate();
}

/** Comparisons of which all keys are among these. */
function listIncluded(database: Database, keys: ReadonlySet<string>): number[] {
  const statement = database.prepare<[], { id: number; keys: Uint8Array }>(
    'select id, keys from key_comparison',
  );
  return statement
    .all()
    .filter((row) => splitDigests(row.keys).every((key) => keys.has(key)))
    .map(({ id }) => id);
}

function joinDigests(digests: readonly string[]): Buffer {
  return decodeHex([...digests].sort().join(''));
}

function splitDigests(bytes: Uint8Array | undefined): string[] {
  return encodeHex(bytes ?? null).match(new RegExp(`.{${DIGEST_DIGITS}}`, 'g')) ?? [];
}

function hashOf(keys: Uint8Array, sharing: Uint8Array): Buffer {
  return sha256(Buffer.concat([Buffer.from(`keys ${keys.length} `), keys, sharing]));
}
