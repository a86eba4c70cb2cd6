import type { Check } from '../check.js';
import { describeCertificate } from '../describe-certificate.js';
import { isSelfIssued } from '../describe-twins.js';

/**
 * Other certificates have the same key. After a renewal that is a habit to give up; under other names one break-in opens
 * several services; and self-signed certificates under other names mean a key that a vendor puts into every device.
 */
export const sharedKey: Check = {
  id: 'shared-key',
  severity: 'medium',
  subject: 'key',
  title: 'Different certificates have the same key',
  citation: 'NIST SP 800-57 part 1 revision 5, section 5.3; NIST SP 1800-16B',
  advice:
    'Make a key of its own for each service, and a new one with each renewal. Where devices came with the same key, whoever owns one of them has it: replace key and certificate on all of them.',
  run({ certificate, twins }) {
    const { hasSelfIssuedStranger, otherNames, sameName, stranger } = twins;
    // CAs are certified by several others on purpose, and rarely change their keys.
    if (certificate.basicConstraints?.ca || sameName + otherNames === 0) return null;
    const name = describeCertificate(certificate);
    if (stranger === null) {
      return {
        message: `the key of ${name} is also in ${countCertificates(sameName)} of the same name: it was not changed on renewal`,
        severity: 'low',
      };
    }
    return {
      message: `the key of ${name} is also in ${countCertificates(otherNames)} of other names, such as ${describeCertificate(stranger)}`,
      severity: hasSelfIssuedStranger && isSelfIssued(certificate) ? 'high' : 'medium',
    };
  },
};

function countCertificates(count: number): string {
  return count === 1 ? 'one other certificate' : `${count} other certificates`;
}
