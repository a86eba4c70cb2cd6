import type { Check } from '../check.js';
import { acceptedSuites, listSuites } from '../suite-traits.js';

/** The server accepts 3DES. */
export const tripleDesCipher: Check = {
  id: 'triple-des-cipher',
  severity: 'medium',
  subject: 'endpoint',
  title: 'The server accepts 3DES',
  citation: 'NIST SP 800-131A revision 2, section 2; RFC 9325, section 4.1',
  advice:
    'Remove 3DES from the cipher list: its short blocks give away parts of long sessions (Sweet32, CVE-2016-2183), and browsers gave it up in 2021.',
  run(facts) {
    const suites = acceptedSuites(facts, 'tripleDes');
    return suites.length === 0 ? null : { message: `server accepts 3DES: ${listSuites(suites)}` };
  },
};
