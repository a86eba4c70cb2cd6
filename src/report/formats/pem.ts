import type { ExportFormat } from '../export-format.js';
import { writePem } from '../write-pem.js';

/** The distinct certificates that endpoints present as their own, as PEM. */
export const pem: ExportFormat = {
  name: 'pem',
  title: 'PEM, each server certificate once',
  description:
    'For other tools that read certificates: each distinct server certificate once, behind a comment line that says where it was first met.',
  extension: 'pem',
  mediaType: 'application/x-pem-file',
  hasFields: false,
  reads: () => new Set(['certificate']),
  write: (records, options) =>
    writePem(
      records,
      ({ certificate }) => (certificate ? [certificate.fingerprintSha256] : []),
      options.certificateDer,
    ),
};
