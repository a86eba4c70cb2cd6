import type { Database } from 'better-sqlite3';
import { type InferResult, type Kysely, sql } from 'kysely';
import type { Certificate } from '../model/certificate.js';
import { CERTIFICATE_FACTS, fromCertificateRow } from './certificate-row.js';
import { decodeHex, encodeHex } from './hex.js';
import { NO_DER } from './no-der.js';
import type { InventorySchema } from './schema.js';

/** A public key that the inventory holds. */
export interface InventoryKey {
  /** SHA-256 of the SubjectPublicKeyInfo, hex. */
  readonly spkiSha256: string;
  readonly keyType: string;
  readonly keyBits: number | null;
  /** How many certificates have it. */
  readonly certificates: number;
  /** One of them. */
  readonly der: Uint8Array;
}

/** Reads every distinct key, one at a time, in the order of their digests. */
export function* listKeys(database: Database, db: Kysely<InventorySchema>): Generator<InventoryKey> {
  const each = db
    .selectFrom('certificate')
    .select('spki_sha256')
    .select((eb) => [eb.fn.min<number>('id').as('id'), eb.fn.countAll<number>().as('certificates')])
    .where('spki_sha256', 'is not', null)
    .where('der', '!=', NO_DER)
    .groupBy('spki_sha256');
  const select = db
    .selectFrom(each.as('each'))
    .innerJoin('certificate', 'certificate.id', 'each.id')
    .select(['certificate.spki_sha256', 'certificate.key_type', 'certificate.key_bits', 'certificate.der'])
    .select('each.certificates')
    .orderBy('certificate.spki_sha256');
  const { sql: text, parameters } = select.compile();
  const statement = database.prepare<unknown[], InferResult<typeof select>[number]>(text);
  for (const row of statement.iterate(...parameters))
    yield {
      spkiSha256: encodeHex(row.spki_sha256),
      keyType: row.key_type ?? '',
      keyBits: row.key_bits,
      certificates: row.certificates,
      der: row.der,
    };
}

/** Lists the certificates that have a key, oldest first. */
export async function findCertificatesWithKey(
  db: Kysely<InventorySchema>,
  spkiSha256: string,
): Promise<{ readonly certificate: Certificate; readonly der: Uint8Array }[]> {
  const rows = await db
    .selectFrom('certificate')
    .select([...CERTIFICATE_FACTS, 'der'])
    .where('spki_sha256', '=', decodeHex(spkiSha256))
    .where('der', '!=', NO_DER)
    .orderBy('not_before')
    .orderBy('sha256')
    .execute();
  return rows.flatMap((row) => {
    const certificate = fromCertificateRow(row);
    return certificate === null ? [] : [{ certificate, der: row.der }];
  });
}

/**
 * Lists the certificates whose issuer has given their serial number more than once (RFC 5280, section 4.1.2.2), by issuer
 * and serial number.
 */
export async function findReusedSerials(db: Kysely<InventorySchema>): Promise<Certificate[]> {
  const rows = await db
    .selectFrom('certificate')
    .select(CERTIFICATE_FACTS)
    .where(
      sql<boolean>`(issuer, serial_number) in (
        select issuer, serial_number from certificate where subject is not null and serial_number != ''
        group by issuer, serial_number having count(*) > 1)`,
    )
    .orderBy('issuer')
    .orderBy('serial_number')
    .orderBy('sha256')
    .execute();
  return rows.map(fromCertificateRow).filter((certificate) => certificate !== null);
}
