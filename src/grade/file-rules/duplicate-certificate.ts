import type { FileRule } from '../check.js';

/** A trust store holds the same certificate more than once. */
export const duplicateCertificate: FileRule = {
  id: 'duplicate-certificate',
  severity: 'low',
  subject: 'file',
  places: ['trust store'],
  title: 'A certificate of the trust store is there more than once',
  citation: 'RFC 5280, section 6.1.1 (d)',
  advice: 'Take all but one out of the store: nothing is trusted less without them.',
};
