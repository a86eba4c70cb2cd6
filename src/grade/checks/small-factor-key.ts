import type { Check } from '../check.js';
import { listKeyFaults } from '../list-key-faults.js';

/** The modulus of an RSA key on the path has a small factor. */
export const smallFactorKey: Check = {
  id: 'small-factor-key',
  severity: 'critical',
  subject: 'certificate',
  title: 'An RSA modulus has a small factor',
  citation: 'BR 6.1.6; FIPS 186-5, appendix A.1.1',
  advice:
    'Compare the certificate with the original at its CA: a damaged copy looks like this. Otherwise the generator is broken: make a new key with other software, have a certificate issued for it, replace both now, and have the old certificate revoked.',
  run: (facts) => listKeyFaults(facts, 'small-factor-key'),
};
