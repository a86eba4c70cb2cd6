import type { FileRule } from '../check.js';

/** A certificate of a trust store leads to no root of it. */
export const noTrustAnchor: FileRule = {
  id: 'no-trust-anchor',
  severity: 'medium',
  subject: 'file',
  places: ['trust store'],
  title: 'No root of the trust store stands behind a certificate in it',
  citation: 'RFC 5280, section 6.1',
  advice:
    'Add the root that it leads to, or take it out: clients that look for a root in the store end at this one and trust nothing below it.',
};
