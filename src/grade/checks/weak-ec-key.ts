import type { Check, Fault } from '../check.js';
import { describeCertificate } from '../describe-certificate.js';
import { listKeyFaults } from '../list-key-faults.js';

/** 80 bits of security: within reach of large organisations (NIST SP 800-57 part 1, table 2). */
const BREAKABLE_BITS = 160;
/** 112 bits of security, the least that NIST SP 800-131A allows; above it a curve is merely out of use. */
const STANDARD_BITS = 224;

/** An EC key on the path is on a smaller curve than the policy allows, or on one of its own, or no sound point. */
export const weakEcKey: Check = {
  id: 'weak-ec-key',
  severity: 'high',
  subject: 'certificate',
  title: 'An elliptic-curve key is too short or unsound',
  citation: 'BR 6.1.5, 6.1.6; NIST SP 800-131A revision 2, section 3; RFC 5480, section 2.1.1',
  advice:
    'Make a new key on the curve P-256 or P-384, have a certificate issued for it, and replace both. Curves below P-256 are refused by browsers.',
  run(facts) {
    const minimum = facts.policy.keys.ecMinimumBits;
    const faults: Fault[] = listKeyFaults(facts, 'weak-ec-key');
    for (const certificate of facts.search.certificates) {
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
