import type { Check } from '../check.js';
import { describeCertificate } from '../describe-certificate.js';

/** The key has a prime in common with another one, so that both fall to a common divisor. */
export const sharedPrimeKey: Check = {
  id: 'shared-prime-key',
  severity: 'critical',
  subject: 'key',
  title: 'The private key can be computed: another key has a prime in common with it',
  citation: 'BR 6.1.1.3; Heninger and others, "Mining your Ps and Qs", 2012',
  advice:
    'Update the firmware, so that keys are made after the device has gathered enough randomness; then make a new key, have a certificate issued for it, replace both now, and have the old certificate revoked. Every key that the same product made is suspect.',
  run({ certificate, primeSharers }) {
    if (primeSharers === 0) return null;
    const others = primeSharers === 1 ? 'another key' : `${primeSharers} other keys`;
    return {
      message: `the RSA key of ${describeCertificate(certificate)} has a prime in common with ${others}: the private keys of all can be computed`,
    };
  },
};
