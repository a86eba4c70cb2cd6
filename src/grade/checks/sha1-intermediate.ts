import type { Check, Fault } from '../check.js';
import { describeCertificate, describeIssuer } from '../describe-certificate.js';
import { listReliedSignatures } from '../relied-signatures.js';

/** An intermediate certificate is signed with SHA-1. */
export const sha1Intermediate: Check = {
  id: 'sha1-intermediate',
  severity: 'medium',
  subject: 'certificate',
  title: 'An intermediate certificate is signed with SHA-1',
  citation: 'BR 7.1.3.2; NIST SP 800-131A revision 2, section 3',
  advice:
    "Replace it in the service's chain file by the CA's current intermediate certificate, signed with SHA-256; if there is none, get the server's certificate from another CA.",
  run(facts) {
    const faults: Fault[] = [];
    for (const certificate of listReliedSignatures(facts)) {
      if (certificate === facts.leaf || certificate.signatureAlgorithm.hash !== 'sha1') continue;
      faults.push({
        subject: certificate.facts.fingerprintSha256,
        message: `the intermediate ${describeCertificate(certificate)} is signed by ${describeIssuer(certificate)} with ${certificate.signatureAlgorithm.name}`,
      });
    }
    return faults;
  },
};
