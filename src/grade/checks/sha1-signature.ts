import type { Check } from '../check.js';
import { describeIssuer } from '../describe-certificate.js';
import { listReliedSignatures } from '../relied-signatures.js';

/** The CA signed the server's certificate with SHA-1. */
export const sha1Signature: Check = {
  id: 'sha1-signature',
  severity: 'medium',
  subject: 'certificate',
  title: 'The certificate is signed with SHA-1',
  citation: 'BR 7.1.3.2; NIST SP 800-131A revision 2, section 3',
  advice:
    'Have the certificate issued anew with SHA-256; an own CA must first be configured to sign with it. Browsers have refused SHA-1 since 2017.',
  run(facts) {
    const { leaf } = facts;
    if (leaf.signatureAlgorithm.hash !== 'sha1' || !listReliedSignatures(facts).includes(leaf)) return null;
    return {
      subject: leaf.facts.fingerprintSha256,
      message: `certificate is signed by ${describeIssuer(leaf)} with ${leaf.signatureAlgorithm.name}`,
    };
  },
};
