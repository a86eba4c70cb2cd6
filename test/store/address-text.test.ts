import Database from 'better-sqlite3';
import { Kysely, SqliteDialect, sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { encodeAddressBytes } from '../../src/store/address-bytes.js';
import { addressText } from '../../src/store/address-text.js';
import { addSqlFunctions } from '../../src/store/sql-functions.js';

describe('the text of an address in SQL', () => {
  const database = new Database(':memory:');
  addSqlFunctions(database);
  const db = new Kysely<unknown>({ dialect: new SqliteDialect({ database }) });

  it.each([
    '0.0.0.0',
    '10.0.128.255',
    '192.0.2.7',
    '255.254.1.100',
    '2001:db8::1',
    '::ffff:192.0.2.7',
    'fe80::1%eth0',
    null,
  ])('is that of %s', async (text) => {
    const bytes = encodeAddressBytes(text);
    const { rows } = await sql<{ text: string | null }>`
      select ${addressText(sql`bytes`)} as text from (select ${Buffer.from(bytes)} as bytes)`.execute(db);
    expect(rows[0]?.text).toBe(text);
  });
});
