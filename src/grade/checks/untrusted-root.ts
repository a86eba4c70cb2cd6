import type { Check } from '../check.js';
import { describeCertificate } from '../describe-certificate.js';
import { listNames } from '../list-names.js';

/** The path is complete and valid, but its root is in no trust store. */
export const untrustedRoot: Check = {
  id: 'untrusted-root',
  severity: 'medium',
  subject: 'certificate',
  title: 'The certification path ends in a root that no trust store holds',
  citation: 'RFC 5280, section 6.1',
  advice:
    'If the root is your own CA, make it known with --trust-store name=root.pem, and install it on all clients. If not, get a certificate from a CA that clients trust.',
  run({ search, trustStoreNames }) {
    const root = search.certificates.at(-1);
    if (search.path.status !== 'private' || root === undefined) return null;
    const asked =
      trustStoreNames.length === 0 ? 'no trust store was given' : `asked ${listNames(trustStoreNames)}`;
    return {
      subject: root.facts.fingerprintSha256,
      message: `the path ends in the root ${describeCertificate(root)}, which no trust store holds (${asked})`,
    };
  },
};
