import type { Selectable } from 'kysely';
import type { Certificate } from '../model/certificate.js';
import type { Row } from './find-or-insert.js';
import { decodeHex, encodeHex } from './hex.js';
import type { CertificateTable } from './schema.js';

/** The columns of a certificate that hold facts; all but the DER. */
export const CERTIFICATE_FACTS = [
  'sha256',
  'common_name',
  'subject',
  'issuer',
  'subject_alt_names',
  'serial_number',
  'not_before',
  'not_after',
  'key_type',
  'key_bits',
  'signature_algorithm',
  'validation',
  'spki_sha256',
] as const;

/** What a query must select to get a certificate; all null when there is none. */
export type CertificateFacts = {
  readonly [Column in (typeof CERTIFICATE_FACTS)[number]]: Selectable<CertificateTable>[Column] | null;
};

/** Lays a certificate out as a row; facts are null when it could not be read. */
export function toCertificateRow(
  sha256: Uint8Array,
  der: Uint8Array,
  facts: Certificate | undefined,
): Row<'certificate'> {
  return {
    sha256,
    der,
    common_name: facts?.commonName ?? null,
    subject: facts?.subject ?? null,
    issuer: facts?.issuer ?? null,
    subject_alt_names: facts ? JSON.stringify(facts.subjectAltNames) : null,
    serial_number: facts?.serialNumber ?? null,
    not_before: toMilliseconds(facts?.notBefore),
    not_after: toMilliseconds(facts?.notAfter),
    key_type: facts?.keyType ?? null,
    key_bits: facts?.keyBits ?? null,
    signature_algorithm: facts?.signatureAlgorithm ?? null,
    validation: facts?.validation ?? null,
    spki_sha256: facts && facts.spkiSha256 !== '' ? decodeHex(facts.spkiSha256) : null,
  };
}

/** Reads the facts of a certificate; null when there is none, or none that could be read. */
export function fromCertificateRow(row: CertificateFacts): Certificate | null {
  if (row.sha256 === null || row.subject === null) return null;
  return {
    fingerprintSha256: encodeHex(row.sha256),
    commonName: row.common_name,
    subject: row.subject,
    issuer: row.issuer ?? '',
    subjectAltNames: JSON.parse(row.subject_alt_names ?? '[]'),
    serialNumber: row.serial_number ?? '',
    notBefore: toTime(row.not_before),
    notAfter: toTime(row.not_after),
    keyType: row.key_type ?? '',
    keyBits: row.key_bits,
    signatureAlgorithm: row.signature_algorithm ?? '',
    validation: row.validation ?? 'Unknown',
    spkiSha256: encodeHex(row.spki_sha256),
  };
}

function toMilliseconds(time: string | null | undefined): number | null {
  if (time === null || time === undefined) return null;
  const milliseconds = Date.parse(time);
  return Number.isNaN(milliseconds) ? null : milliseconds;
}

function toTime(milliseconds: number | null): string | null {
  return milliseconds === null ? null : new Date(milliseconds).toISOString();
}
