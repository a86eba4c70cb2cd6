import type { Check } from '../check.js';
import { offersVersion } from '../offers-version.js';

/** The server speaks SSLv2. */
export const sslv2: Check = {
  id: 'sslv2',
  severity: 'critical',
  subject: 'endpoint',
  title: 'The server offers SSLv2',
  citation: 'RFC 6176',
  advice:
    'Turn SSLv2 off in every service that uses this key, not in this one alone: one SSLv2 server lets attackers decrypt the TLS sessions of all others with the same key (DROWN).',
  run(facts) {
    return offersVersion(facts, 'SSLv2')
      ? { message: 'server offers SSLv2, which was broken in 1996' }
      : null;
  },
};
