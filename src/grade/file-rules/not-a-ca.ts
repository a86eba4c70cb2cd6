import type { FileRule } from '../check.js';

/** A certificate of a trust store may not certify others. */
export const notACa: FileRule = {
  id: 'not-a-ca',
  severity: 'high',
  subject: 'file',
  places: ['trust store'],
  title: 'A certificate of the trust store is not one of a CA',
  citation: 'RFC 5280, section 4.2.1.9',
  advice:
    'Take it out of the store, and add the certificate of the CA that issued it if that is to be trusted: this one can certify nobody.',
};
