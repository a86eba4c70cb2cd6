import type { FileRule } from '../check.js';

/** A certificate of a trust store cannot be read. */
export const unreadableCertificate: FileRule = {
  id: 'unreadable-certificate',
  severity: 'high',
  subject: 'file',
  places: ['trust store'],
  title: 'A certificate of the trust store cannot be read',
  citation: 'RFC 5280, section 4.1',
  advice:
    'Get the certificate from the CA again, and replace it: some software refuses the whole store for it.',
};
