import type { FileRule } from '../check.js';

/** Another tool has told of a certificate without handing it over. */
export const unverifiedCertificate: FileRule = {
  id: 'unverified-certificate',
  severity: 'medium',
  subject: 'file',
  places: ['imported results'],
  title: 'The certificate is known by hearsay alone',
  citation: 'RFC 5280, section 6.1',
  advice:
    'Scan the endpoint, or import a file that holds the certificate (tlsx -json -cert -tls-chain): only then can its signature, key and chain be checked.',
};
