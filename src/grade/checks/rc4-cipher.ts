import type { Check } from '../check.js';
import { acceptedSuites, listSuites } from '../suite-traits.js';

/** The server accepts RC4. */
export const rc4Cipher: Check = {
  id: 'rc4-cipher',
  severity: 'medium',
  subject: 'endpoint',
  title: 'The server accepts RC4',
  citation: 'RFC 7465',
  advice:
    'Remove RC4 from the cipher list: parts of what it encrypts can be guessed. AES-GCM and ChaCha20 take its place in every client in use.',
  run(facts) {
    const suites = acceptedSuites(facts, 'rc4');
    return suites.length === 0 ? null : { message: `server accepts RC4: ${listSuites(suites)}` };
  },
};
