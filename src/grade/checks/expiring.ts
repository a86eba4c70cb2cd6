import { formatDays, formatTime } from '../../model/time.js';
import type { Check } from '../check.js';
import { findExpiryWindow } from '../find-expiry-window.js';

/**
 * The server's certificate ends soon: it is in a window of the policy, of so many days or of a share of its lifetime, the
 * shorter of both. The share keeps a certificate of 47 days from being called late for most of its life.
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
    const lifetimeMs = leaf.notBefore === null ? null : Math.max(0, leaf.notAfter - leaf.notBefore);
    const leftMs = leaf.notAfter - now;
    const window = findExpiryWindow(policy.expiring, leftMs, lifetimeMs, expiring.severity);
    if (window === null) return null;
    return {
      subject: leaf.facts.fingerprintSha256,
      message: `certificate expires on ${formatTime(leaf.notAfter)}, in ${formatDays(leftMs)}; the policy asks for more than ${formatDays(window.lengthMs)}`,
      ...(window.severity !== null && { severity: window.severity }),
    };
  },
};
