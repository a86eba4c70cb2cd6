import type { FileRule } from '../check.js';

/** A root of a trust store is not signed with its own key. */
export const invalidSignature: FileRule = {
  id: 'invalid-signature',
  severity: 'high',
  subject: 'file',
  places: ['trust store'],
  title: 'The signature of a CA certificate does not verify with its own key',
  citation: 'RFC 5280, section 6.1.3 (a)(1)',
  advice: 'Get the certificate from the CA again, and replace it: this copy was damaged or forged.',
};
