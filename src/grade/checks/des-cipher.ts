import type { Check } from '../check.js';
import { acceptedSuites, listSuites } from '../suite-traits.js';

/** The server accepts DES with one key. */
export const desCipher: Check = {
  id: 'des-cipher',
  severity: 'high',
  subject: 'endpoint',
  title: 'The server accepts single DES',
  citation: 'RFC 5469; RFC 9325, section 4.1',
  advice: 'Remove DES from the cipher list: its 56 bits can be broken in a day.',
  run(facts) {
    const suites = acceptedSuites(facts, 'des');
    return suites.length === 0
      ? null
      : { message: `server accepts DES with a single key: ${listSuites(suites)}` };
  },
};
