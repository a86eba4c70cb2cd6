import type { Check } from '../check.js';
import { describeCertificate } from '../describe-certificate.js';

/** The issuers are all at hand, but every path breaks a rule, other than that a certificate above the leaf has expired. */
export const invalidPath: Check = {
  id: 'invalid-path',
  severity: 'high',
  subject: 'certificate',
  title: 'Every certification path breaks a rule',
  citation: 'RFC 5280, section 6.1',
  advice:
    'Compare the chain that the service sends with the one that the CA delivered, and replace the certificate at fault; if the CA delivered it so, ask the CA for a correct one.',
  run({ leaf, search }) {
    if (leaf.notBefore === null || leaf.notAfter === null) {
      return {
        subject: leaf.facts.fingerprintSha256,
        message: `${describeCertificate(leaf)} has a validity period that cannot be read, so clients refuse it`,
        advice:
          'Have the certificate issued anew: its dates are not encoded as RFC 5280, section 4.1.2.5 demands.',
      };
    }
    if (search.path.status !== 'invalid' || search.problem?.rule === 'expired') return null;
    const at = search.problem?.certificate ?? leaf;
    const rule = search.problem?.message ?? search.path.reason ?? 'no path holds';
    return {
      subject: at.facts.fingerprintSha256,
      message: `no path is valid: ${describeCertificate(at)}: ${rule}`,
    };
  },
};
