import type { Check } from '../check.js';
import { listKeyFaults } from '../list-key-faults.js';

/** A key on the path is one of those that Debian systems made from 2006 to 2008, or on a list of the user's own. */
export const debianWeakKey: Check = {
  id: 'debian-weak-key',
  severity: 'critical',
  subject: 'certificate',
  title: 'The private key is known to everybody',
  citation: 'CVE-2008-0166; BR 6.1.1.3',
  advice:
    'Treat the key as known to everybody: make a new one on an up-to-date system, have a certificate issued for it, replace both now, and have the old certificate revoked. Replace every other key that was made on the same system in those years.',
  run: (facts) => listKeyFaults(facts, 'debian-weak-key'),
};
