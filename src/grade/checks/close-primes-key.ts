import type { Check } from '../check.js';
import { listKeyFaults } from '../list-key-faults.js';

/** The primes of an RSA key on the path are so close together, or equal, that they can be found. */
export const closePrimesKey: Check = {
  id: 'close-primes-key',
  severity: 'critical',
  subject: 'certificate',
  title: 'The private key can be computed: its primes are too close together',
  citation: 'BR 6.1.1.3; CVE-2022-26320',
  advice:
    'Make a new key with other software than made this one (printers: update the firmware first), have a certificate issued for it, replace both now, and have the old certificate revoked.',
  run: (facts) => listKeyFaults(facts, 'close-primes-key'),
};
