import type { Check } from '../check.js';

/** The server does not tie a renewed handshake to the session in which it happens. */
export const insecureRenegotiation: Check = {
  id: 'insecure-renegotiation',
  severity: 'medium',
  subject: 'endpoint',
  title: 'The server does not know secure renegotiation',
  citation: 'RFC 5746, section 3.6; RFC 9325, section 3.5',
  advice:
    'Update the TLS software, or turn renegotiation off entirely: without the fix attackers can put words of their own before those of a client (CVE-2009-3555).',
  run({ posture }) {
    return posture?.secureRenegotiation === false
      ? { message: 'server does not answer the signal for secure renegotiation' }
      : null;
  },
};
