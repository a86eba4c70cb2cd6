import type { Check } from '../check.js';
import { acceptedSuites, listSuites } from '../suite-traits.js';

/** The server accepts cipher suites that encrypt nothing. */
export const nullCipher: Check = {
  id: 'null-cipher',
  severity: 'critical',
  subject: 'endpoint',
  title: 'The server accepts suites without encryption',
  citation: 'RFC 9325, section 4.1',
  advice:
    'Remove the NULL suites (in OpenSSL: eNULL) from the cipher list: with them everything is sent in the clear.',
  run(facts) {
    const suites = acceptedSuites(facts, 'null');
    return suites.length === 0
      ? null
      : { message: `server accepts suites without encryption: ${listSuites(suites)}` };
  },
};
