import { describeExpired, EXPIRED, hasExpired } from '../../model/expired.js';
import type { Check } from '../check.js';

/** The server's certificate has ended. */
export const expired: Check = {
  ...EXPIRED,
  subject: 'certificate',
  title: 'The certificate has expired',
  run({ leaf, now }) {
    if (leaf.notAfter === null || !hasExpired(leaf.notAfter, now)) return null;
    return { subject: leaf.facts.fingerprintSha256, message: describeExpired(leaf.notAfter, now) };
  },
};
