import type { Check, Fault } from '../check.js';
import { describeCertificate } from '../describe-certificate.js';

/** 80 bits of security: within reach of large organisations (NIST SP 800-57 part 1, table 2). */
const BREAKABLE_BITS = 160;
/** 112 bits of security, the least that NIST SP 800-131A allows; above it a curve is merely out of use. */
const STANDARD_BITS = 224;

/** An EC key on the path is on a smaller curve than the policy allows. */
export const weakEcKey: Check = {
  id: 'weak-ec-key',
  severity: 'high',
  subject: 'certificate',
  title: 'An elliptic-curve key is too short',
  citation: 'BR 6.1.5; NIST SP 800-131A revision 2, section 3',
  advice:
    'Make a new key on the curve P-256 or P-384, have a certificate issued for it, and replace both. Curves below P-256 are refused by browsers.',
  run({ search, policy }) {
    const minimum = policy.keys.ecMinimumBits;
    const faults: Fault[] = [];
    for (const certificate of search.certificates) {
      const { type, bits, curve } = certificate.publicKey;
      if (type !== 'EC' || bits === null || bits >= minimum) continue;
      faults.push({
        subject: certificate.facts.fingerprintSha256,
        message: `the EC key of ${describeCertificate(certificate)} has ${bits} bits (${curve ?? 'unknown curve'}), at least ${minimum} are demanded`,
        severity: bits < BREAKABLE_BITS ? 'critical' : bits < STANDARD_BITS ? 'high' : 'medium',
      });
    }
    return faults;
  },
};
