import type { Check } from '../check.js';
import { acceptedSuites, listSuites } from '../suite-traits.js';

/** The server accepts cipher suites in which it proves nothing about itself. */
export const anonymousCipher: Check = {
  id: 'anonymous-cipher',
  severity: 'high',
  subject: 'endpoint',
  title: 'The server accepts suites without a certificate',
  citation: 'RFC 5246, appendix F.1.1.1; RFC 9325, section 4.1',
  advice:
    'Remove the anonymous suites (in OpenSSL: aNULL) from the cipher list: whoever sits between can pose as the server.',
  run(facts) {
    const suites = acceptedSuites(facts, 'anonymous');
    return suites.length === 0
      ? null
      : { message: `server accepts suites in which nobody proves who he is: ${listSuites(suites)}` };
  },
};
