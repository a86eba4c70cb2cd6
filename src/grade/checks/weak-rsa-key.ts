import type { Check, Fault } from '../check.js';
import { describeCertificate } from '../describe-certificate.js';

/** RSA of 768 bits was factored in public in 2009, and 1024 is within reach of large organisations. */
const BREAKABLE_BITS = 1024;
/** 112 bits of security, the least that NIST SP 800-131A allows; below it is more than a local policy's wish. */
const STANDARD_BITS = 2048;

/** An RSA key on the path is shorter than the policy allows. */
export const weakRsaKey: Check = {
  id: 'weak-rsa-key',
  severity: 'high',
  subject: 'certificate',
  title: 'An RSA key is too short',
  citation: 'BR 6.1.5; NIST SP 800-131A revision 2, section 3',
  advice:
    'Make a new key of the length that is demanded, or an EC P-256 key, have a certificate issued for it, and replace both. A weak CA key means that the CA needs a new certificate and must reissue all that it has signed.',
  run({ search, policy }) {
    const minimum = policy.keys.rsaMinimumBits;
    const faults: Fault[] = [];
    for (const certificate of search.certificates) {
      const { type, bits } = certificate.publicKey;
      if ((type !== 'RSA' && type !== 'RSA-PSS') || bits === null || bits >= minimum) continue;
      faults.push({
        subject: certificate.facts.fingerprintSha256,
        message: `the ${type} key of ${describeCertificate(certificate)} has ${bits} bits, at least ${minimum} are demanded`,
        severity: bits < BREAKABLE_BITS ? 'critical' : bits < STANDARD_BITS ? 'high' : 'medium',
      });
    }
    return faults;
  },
};
