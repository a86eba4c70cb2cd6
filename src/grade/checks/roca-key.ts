import type { Check } from '../check.js';
import { listKeyFaults } from '../list-key-faults.js';

/** A key on the path was made by Infineon's faulty library. */
export const rocaKey: Check = {
  id: 'roca-key',
  severity: 'critical',
  subject: 'certificate',
  title: 'The private key can be computed: it was made by a faulty Infineon chip',
  citation: 'CVE-2017-15361; BR 6.1.1.3',
  advice:
    'Update the firmware of the smart card, TPM or security module that made the key, or make the key in software; have a certificate issued for the new key, replace both, and have the old certificate revoked.',
  run: (facts) => listKeyFaults(facts, 'roca-key'),
};
