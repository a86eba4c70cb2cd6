import type { Check } from '../check.js';
import { formatDays, formatTime } from '../time.js';

/** The server's certificate has ended. */
export const expired: Check = {
  id: 'expired',
  severity: 'high',
  subject: 'certificate',
  title: 'The certificate has expired',
  citation: 'RFC 5280, section 4.1.2.5',
  advice:
    'Renew the certificate and reload the service. If it was renewed already, the service still uses the old file: check its configuration and restart it.',
  run({ leaf, now }) {
    if (leaf.notAfter === null || now <= leaf.notAfter) return null;
    return {
      subject: leaf.facts.fingerprintSha256,
      message: `certificate expired on ${formatTime(leaf.notAfter)}, ${formatDays(now - leaf.notAfter)} ago`,
    };
  },
};
