import { stringify } from 'csv-stringify/sync';
import type { CertificateRecord } from '../model/certificate-record.js';
import { CERTIFICATE_COLUMNS, type CertificateColumn } from './certificate-columns.js';
import { formatCsvCell } from './csv-cell.js';

/** Ways to write certificates, a row each. */
export const CERTIFICATE_FORMATS = ['csv', 'json', 'ndjson'] as const;

/** A way to write certificates. */
export type CertificateFormat = (typeof CERTIFICATE_FORMATS)[number];

/** What is written unless somebody chooses, in this order. */
const DEFAULT_IDS = [
  'commonName',
  'expires',
  'daysLeft',
  'endpoints',
  'deployments',
  'issuer',
  'validation',
  'keyType',
  'keyLength',
  'hash',
  'owner',
  'tags',
  'firstSeen',
  'lastSeen',
  'issued',
  'subjectAltNames',
  'serialNumber',
  'fingerprintSha256',
];

/** The columns of certificates that are written unless somebody chooses. */
export const DEFAULT_CERTIFICATE_COLUMNS: readonly CertificateColumn[] = DEFAULT_IDS.flatMap((id) =>
  CERTIFICATE_COLUMNS.filter((column) => column.id === id),
);

/** Writes certificates, piece by piece: what is held in memory does not grow with their number. */
export async function* writeCertificates(
  format: CertificateFormat,
  records: AsyncIterable<CertificateRecord>,
  columns: readonly CertificateColumn[],
  now: Date,
): AsyncGenerator<string> {
  if (format === 'csv') yield formatRow(columns.map(({ title }) => title));
  let separator = '[\n';
  for await (const record of records) {
    if (format === 'csv') {
      yield formatRow(columns.map(({ type, value }) => formatCsvCell(value(record, now), type)));
      continue;
    }
    const line = JSON.stringify(Object.fromEntries(columns.map(({ id, value }) => [id, value(record, now)])));
    yield format === 'ndjson' ? `${line}\n` : `${separator}${line}`;
    separator = ',\n';
  }
  if (format === 'json') yield separator === '[\n' ? '[]\n' : '\n]\n';
}

/** A row as the CSV of endpoints has it (RFC 4180). */
function formatRow(cells: string[]): string {
  return stringify([cells], { record_delimiter: '\r\n', quoted_match: /^'/ });
}
