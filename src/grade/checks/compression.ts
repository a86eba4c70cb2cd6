import type { Check } from '../check.js';

/** The server compresses before it encrypts. */
export const compression: Check = {
  id: 'compression',
  severity: 'medium',
  subject: 'endpoint',
  title: 'The server compresses TLS records',
  citation: 'RFC 9325, section 3.3',
  advice:
    'Turn TLS compression off: the length of what is compressed gives away cookies and other secrets (CRIME, CVE-2012-4929).',
  run({ handshake, posture }) {
    const method = handshake?.compression ?? 'null';
    if (method !== 'null') return { message: `server compresses TLS records with ${method}` };
    return posture?.compression ? { message: 'server compresses TLS records on request' } : null;
  },
};
