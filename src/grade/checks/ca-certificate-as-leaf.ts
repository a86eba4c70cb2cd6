import type { Check } from '../check.js';
import { describeCertificate } from '../describe-certificate.js';
import { findMisplacedLeaf } from '../misplaced-leaf.js';

/** The server identifies itself with a CA's certificate: whoever has the server's key can issue for any name. */
export const caCertificateAsLeaf: Check = {
  id: 'ca-certificate-as-leaf',
  severity: 'medium',
  subject: 'certificate',
  title: 'The server uses a CA certificate as its own',
  citation: 'BR 7.1.2.7; RFC 5280, section 4.2.1.9',
  advice:
    'Issue an end-entity certificate for the server (basic constraints CA:FALSE) with a new key, and keep the CA key off the server. With openssl req -x509, add -addext basicConstraints=critical,CA:FALSE.',
  run({ leaf, presented }) {
    if (leaf.basicConstraints?.ca !== true || findMisplacedLeaf(presented) !== null) return null;
    return {
      subject: leaf.facts.fingerprintSha256,
      message: `the server's own certificate, ${describeCertificate(leaf)}, is a CA certificate`,
    };
  },
};
