import type { Check } from '../check.js';
import { acceptedSuites, listSuites } from '../suite-traits.js';

/** The server accepts cipher suites that were weakened for export. */
export const exportCipher: Check = {
  id: 'export-cipher',
  severity: 'high',
  subject: 'endpoint',
  title: 'The server accepts export suites',
  citation: 'RFC 9325, section 4.1',
  advice:
    'Remove the export suites (in OpenSSL: EXP) from the cipher list: their keys can be broken while one waits, and attackers can force clients down to them (FREAK, Logjam).',
  run(facts) {
    const suites = acceptedSuites(facts, 'export');
    return suites.length === 0
      ? null
      : { message: `server accepts export suites of 40 or 56 bits: ${listSuites(suites)}` };
  },
};
