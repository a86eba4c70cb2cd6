import type { Check } from '../check.js';

/** The TLS feature that is an OCSP response with the handshake (RFC 6066, section 8). */
const STATUS_REQUEST = 5;

/** The certificate promises a stapled OCSP response, and the server sends none. */
export const mustStapleIgnored: Check = {
  id: 'must-staple-ignored',
  severity: 'medium',
  subject: 'endpoint',
  title: 'The certificate demands stapling and the server does not staple',
  citation: 'RFC 7633, section 4.2.3',
  advice:
    'Turn OCSP stapling on and see that the server can reach the responder of its CA, or have the certificate issued anew without must-staple. Clients that heed it refuse the connection.',
  run({ handshake, leaf, posture }) {
    if (!leaf?.tlsFeatures.includes(STATUS_REQUEST)) return null;
    if (handshake === null || handshake.ocspResponse !== null || posture?.ocspStapling) return null;
    return { message: 'certificate demands a stapled OCSP response, and the server sends none' };
  },
};
