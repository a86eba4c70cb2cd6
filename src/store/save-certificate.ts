import type { Database } from 'better-sqlite3';
import type { Certificate } from '../model/certificate.js';
import { CERTIFICATE_FACTS, toCertificateRow } from './certificate-row.js';
import { prepareFindOrInsert, type Row } from './find-or-insert.js';
import { NO_DER } from './no-der.js';
import { prepareCopyCertificate } from './write-current-endpoint.js';

/**
 * Finds or writes a certificate by the SHA-256 of its DER, and returns its number. `der` is null where another tool has
 * told of a certificate without its bytes: such a row is completed as soon as the bytes are at hand.
 */
export type SaveCertificate = (
  sha256: Uint8Array,
  der: Uint8Array | null,
  facts: Certificate | undefined,
) => number;

/** Prepares all statements that saving certificates needs. */
export function prepareSaveCertificate(database: Database): SaveCertificate {
  const [fingerprint, ...factColumns] = CERTIFICATE_FACTS;
  const columns = [...factColumns, 'der'] as const;
  const findOrInsert = prepareFindOrInsert(database, 'certificate', [fingerprint], columns);
  const complete = database.prepare<[Row<'certificate'>]>(
    `update certificate set ${columns.map((column) => `${column} = @${column}`).join(', ')}
    where sha256 = @sha256 and length(der) = 0`,
  );
  const copy = prepareCopyCertificate(database);
  return (sha256, der, facts) => {
    const row = toCertificateRow(sha256, der ?? NO_DER, facts);
    const { id, isNew } = findOrInsert(row);
    if (!isNew && der !== null && complete.run(row).changes > 0) copy(id);
    return id;
  };
}
