import type { Check } from '../check.js';
import { describeIssuer } from '../describe-certificate.js';
import { readPatterns } from '../pattern.js';

/** No certificate of the path is of a CA that the policy approves. */
export const unapprovedCa: Check = {
  id: 'unapproved-ca',
  severity: 'medium',
  subject: 'certificate',
  title: 'The certificate comes from a CA that the policy does not approve',
  citation: 'NIST SP 1800-16B, section 5.1; approvedCas of the policy',
  advice:
    'Have the certificate issued by one of the approved CAs, and find out who ordered this one and why. If the CA is to be used, add it to approvedCas in the policy.',
  run({ leaf, policy, search }) {
    const { approvedCas } = policy;
    if (approvedCas === null) return null;
    const isApprovedName = readPatterns(approvedCas.issuers);
    const isApproved =
      isApprovedName(leaf.facts.issuer) ||
      search.certificates.some(
        ({ facts }) =>
          approvedCas.fingerprints.includes(facts.fingerprintSha256) ||
          approvedCas.fingerprints.includes(facts.spkiSha256) ||
          isApprovedName(facts.issuer),
      );
    if (isApproved) return null;
    return {
      subject: leaf.facts.fingerprintSha256,
      message: `certificate was issued by ${describeIssuer(leaf)}, and no CA of its path is approved`,
    };
  },
};
