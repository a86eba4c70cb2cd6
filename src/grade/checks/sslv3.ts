import type { Check } from '../check.js';
import { offersVersion } from '../offers-version.js';

/** The server speaks SSLv3. */
export const sslv3: Check = {
  id: 'sslv3',
  severity: 'high',
  subject: 'endpoint',
  title: 'The server offers SSLv3',
  citation: 'RFC 7568',
  advice:
    'Turn SSLv3 off: attackers can read parts of what it protects (POODLE). No client of the last ten years needs it.',
  run(facts) {
    return offersVersion(facts, 'SSLv3')
      ? { message: 'server offers SSLv3, which must not be used since 2015' }
      : null;
  },
};
