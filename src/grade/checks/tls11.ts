import type { Check } from '../check.js';
import { offersVersion } from '../offers-version.js';

/** The server speaks TLS 1.1. */
export const tls11: Check = {
  id: 'tls11',
  severity: 'medium',
  subject: 'endpoint',
  title: 'The server offers TLS 1.1',
  citation: 'RFC 8996',
  advice:
    'Allow TLS 1.2 and 1.3 alone, as browsers have since 2020. Hardly any client knows TLS 1.1 and not TLS 1.2.',
  run(facts) {
    return offersVersion(facts, 'TLSv1.1')
      ? { message: 'server offers TLS 1.1, which must not be used since 2021' }
      : null;
  },
};
