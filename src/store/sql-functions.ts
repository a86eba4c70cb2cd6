import type { Database } from 'better-sqlite3';
import { hashOfSignature } from '../model/hash-of-signature.js';
import { decodeAddressBytes } from './address-bytes.js';
import { hasPieces } from './has-pieces.js';
import { rememberLatest } from './remember-latest.js';

/**
 * Gives a connection the functions that queries need and SQLite lacks. `LIKE` will not do for asterisks: it reads text
 * up to its first NUL, behind which a name in a certificate may go on.
 */
export function addSqlFunctions(database: Database): void {
  const piecesOf = rememberLatest((json: string): readonly string[] => JSON.parse(json));
  const options = { deterministic: true, directOnly: true };
  database.function('address_text', options, (bytes: unknown) =>
    bytes instanceof Uint8Array ? decodeAddressBytes(bytes) : null,
  );
  database.function('hash_of_signature', options, (algorithm: unknown) =>
    typeof algorithm === 'string' ? hashOfSignature(algorithm) : null,
  );
  database.function('matches_pieces', options, (text: unknown, json: unknown) =>
    typeof text === 'string' && typeof json === 'string' ? Number(hasPieces(text, piecesOf(json))) : null,
  );
}
