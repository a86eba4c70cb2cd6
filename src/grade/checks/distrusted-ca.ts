import type { Check } from '../check.js';
import { describeCertificate } from '../describe-certificate.js';

/** The path ends at an anchor that root programmes have distrusted. */
export const distrustedCa: Check = {
  id: 'distrusted-ca',
  severity: 'high',
  subject: 'certificate',
  title: 'The certificate comes from a CA that has been distrusted',
  citation: 'Mozilla Root Store Policy, section 7.3; Chrome Root Program Policy',
  advice: 'Get a new certificate from a CA that is in good standing with the browsers, and replace this one.',
  run({ search }) {
    const anchor = search.certificates.at(-1);
    if (search.path.status !== 'untrusted' || anchor === undefined) return null;
    const why = search.problem?.message ?? search.path.reason;
    return {
      subject: anchor.facts.fingerprintSha256,
      message: `the path ends at ${describeCertificate(anchor)}, which is distrusted${why === null ? '' : `: ${why}`}`,
    };
  },
};
