import { isSelfIssued } from '../../x509/path-rule.js';
import type { Check, Fault } from '../check.js';
import { describeCertificate, shorten } from '../describe-certificate.js';

/** Oddities that a message lists: whoever encodes badly does so in few ways, and hostile certificates have a hundred. */
const MAXIMUM_LISTED = 5;

/**
 * A certificate can be read, and is not written as the standards demand, which other software may refuse. Roots are left
 * out: clients have them from elsewhere, and those of old have many an oddity. Of other CAs it is no more than a note, as
 * who runs a server cannot mend it.
 */
export const malformedCertificate: Check = {
  id: 'malformed-certificate',
  severity: 'low',
  subject: 'certificate',
  title: 'A certificate is not encoded as it should be',
  citation: 'RFC 5280, section 4.1; ITU-T X.690',
  advice:
    'Have the certificate reissued by a CA that encodes properly, or have this one mended: strict clients refuse such certificates, and others may read them differently.',
  run({ leaf, search }) {
    const faults: Fault[] = [];
    for (const certificate of search.certificates) {
      const { facts, oddities } = certificate;
      const isOwn = certificate === leaf;
      if (oddities.length === 0 || (!isOwn && isSelfIssued(certificate))) continue;
      const what = isOwn ? 'the certificate' : `the issuer ${describeCertificate(certificate)}`;
      faults.push({
        subject: facts.fingerprintSha256,
        message: `${what} is not encoded as it should be: ${listOddities(oddities)}`,
        severity: isOwn ? 'low' : 'info',
      });
    }
    return faults;
  },
};

function listOddities(oddities: readonly string[]): string {
  const listed = oddities.slice(0, MAXIMUM_LISTED).map(shorten).join('; ');
  const rest = oddities.length - MAXIMUM_LISTED;
  return rest > 0 ? `${listed}; and ${rest} more` : listed;
}
