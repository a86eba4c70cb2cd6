import type { Check, Fault } from '../check.js';
import { describeCertificate } from '../describe-certificate.js';

/** 112 bits of security, the least that NIST SP 800-131A allows. */
const STANDARD_BITS = 2048;

/** A DSA key on the path: no browser and no TLS 1.3 peer takes it. */
export const dsaKey: Check = {
  id: 'dsa-key',
  severity: 'medium',
  subject: 'certificate',
  title: 'The certificate has a DSA key',
  citation: 'FIPS 186-5, section 4; BR 6.1.5',
  advice:
    'Make a new key, EC P-256 or RSA of at least 2048 bits, have a certificate issued for it, and replace both.',
  run({ search }) {
    const faults: Fault[] = [];
    for (const certificate of search.certificates) {
      const { type, bits } = certificate.publicKey;
      if (type !== 'DSA') continue;
      const size = bits === null ? '' : ` of ${bits} bits`;
      faults.push({
        subject: certificate.facts.fingerprintSha256,
        message: `${describeCertificate(certificate)} has a DSA key${size}, which browsers and TLS 1.3 refuse`,
        severity: bits !== null && bits < STANDARD_BITS ? 'high' : 'medium',
      });
    }
    return faults;
  },
};
