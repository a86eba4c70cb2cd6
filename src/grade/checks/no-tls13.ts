import type { Check } from '../check.js';

/** The server does not speak the current version. */
export const noTls13: Check = {
  id: 'no-tls13',
  severity: 'low',
  subject: 'endpoint',
  title: 'The server does not offer TLS 1.3',
  citation: 'RFC 9325, section 3.1.1',
  advice:
    'Turn TLS 1.3 on beside TLS 1.2; where the software does not know it, an update is due. Post-quantum key exchange is to be had in TLS 1.3 alone.',
  run({ posture }) {
    if (posture?.versions['TLSv1.3'] !== false) return null;
    const newest = posture.cipherSuites[0]?.version;
    return newest === undefined ? null : { message: `server offers ${newest} at best, not TLS 1.3` };
  },
};
