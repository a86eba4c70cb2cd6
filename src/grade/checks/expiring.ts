import type { Check } from '../check.js';
import { formatDays, formatTime } from '../time.js';

const DAY_MS = 86_400_000;

/**
 * The server's certificate ends soon: within the policy's days and, where the policy names a share, within that share
 * of its lifetime. The share keeps a certificate of 47 days from being called late for most of its life.
 */
export const expiring: Check = {
  id: 'expiring',
  severity: 'medium',
  subject: 'certificate',
  title: 'The certificate expires soon',
  citation: 'NIST SP 1800-16B; RFC 5280, section 4.1.2.5',
  advice:
    'Renew the certificate now and reload the service. If renewal is automatic, find out why it has not happened yet.',
  run({ leaf, now, policy }) {
    if (leaf.notAfter === null || now > leaf.notAfter) return null;
    const { days, share } = policy.expiring;
    const lifetimeMs = leaf.notBefore === null ? null : Math.max(0, leaf.notAfter - leaf.notBefore);
    const daysMs = days * DAY_MS;
    const windowMs = share === null || lifetimeMs === null ? daysMs : Math.min(daysMs, share * lifetimeMs);
    const leftMs = leaf.notAfter - now;
    if (leftMs > windowMs) return null;
    return {
      subject: leaf.facts.fingerprintSha256,
      message: `certificate expires on ${formatTime(leaf.notAfter)}, in ${formatDays(leftMs)}; the policy asks for more than ${formatDays(windowMs)}`,
    };
  },
};
