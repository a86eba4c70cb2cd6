import type { ExportFormat } from '../export-format.js';
import { writePem } from '../write-pem.js';

/** The distinct certificates of all presented chains, as PEM. */
export const pemChain: ExportFormat = {
  name: 'pem-chain',
  title: 'PEM, each certificate of the presented chains once',
  description:
    'As `pem`, with the certificates that servers send along with their own: intermediates, roots, and what does not belong there.',
  extension: 'pem',
  mediaType: 'application/x-pem-file',
  hasFields: false,
  reads: () => new Set(['certificate', 'chain', 'handshake']),
  write: (records, options) =>
    writePem(
      records,
      ({ certificate, handshake }) => [
        ...(certificate ? [certificate.fingerprintSha256] : []),
        ...(handshake?.presentedChain ?? []),
      ],
      options.certificateDer,
    ),
};
