import type { FileRule } from '../check.js';

/** The signature of a signing request does not verify with the key in it. */
export const invalidRequestSignature: FileRule = {
  id: 'invalid-request-signature',
  severity: 'high',
  subject: 'file',
  places: ['request'],
  title: 'A signing request is not signed with its own key',
  citation: 'RFC 2986, section 3',
  advice:
    'Make the request anew, with the private key that it is for: a CA refuses one that its own key does not verify.',
};
