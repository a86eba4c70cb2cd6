import type { Check } from '../check.js';
import { offersVersion } from '../offers-version.js';

/** The server speaks TLS 1.0. */
export const tls10: Check = {
  id: 'tls10',
  severity: 'medium',
  subject: 'endpoint',
  title: 'The server offers TLS 1.0',
  citation: 'RFC 8996',
  advice:
    'Allow TLS 1.2 and 1.3 alone, as browsers have since 2020. Should old devices need TLS 1.0, give them a service of their own.',
  run(facts) {
    return offersVersion(facts, 'TLSv1')
      ? { message: 'server offers TLS 1.0, which must not be used since 2021' }
      : null;
  },
};
