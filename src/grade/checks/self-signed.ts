import type { Check } from '../check.js';
import { describeCertificate } from '../describe-certificate.js';

/** The server's certificate vouches for itself. */
export const selfSigned: Check = {
  id: 'self-signed',
  severity: 'medium',
  subject: 'certificate',
  title: 'The certificate is self-signed and no trust store holds it',
  citation: 'RFC 5280, sections 3.2 and 6.1',
  advice:
    'Replace it by a certificate from a CA that your clients trust: a public CA, or your own. If clients are meant to trust this very certificate, add it to a trust store (--trust-store).',
  run({ leaf, search }) {
    if (search.path.status !== 'self-signed') return null;
    return {
      subject: leaf.facts.fingerprintSha256,
      message: `certificate is signed by its own key: ${describeCertificate(leaf)} vouches for itself`,
    };
  },
};
