import type { Check, Fault } from '../check.js';
import { describeCertificate } from '../describe-certificate.js';
import { listReliedSignatures } from '../relied-signatures.js';

/** MD5 and the digests before it: colliding certificates were made in public in 2008. */
const BROKEN_HASHES: ReadonlySet<string> = new Set(['md2', 'md4', 'md5']);

/** A signature that clients rely on uses MD5 or an older digest. */
export const md5Signature: Check = {
  id: 'md5-signature',
  severity: 'high',
  subject: 'certificate',
  title: 'A certificate is signed with MD5',
  citation: 'RFC 6151, section 2; NIST SP 800-131A revision 2, section 3',
  advice:
    'Have the certificate issued anew with SHA-256. If a CA certificate is at fault, move to a CA certificate that is signed with SHA-256.',
  run(facts) {
    const faults: Fault[] = [];
    for (const certificate of listReliedSignatures(facts)) {
      const { hash, name } = certificate.signatureAlgorithm;
      if (hash === null || !BROKEN_HASHES.has(hash)) continue;
      faults.push({
        subject: certificate.facts.fingerprintSha256,
        message: `${describeCertificate(certificate)} is signed with ${name}, and ${hash.toUpperCase()} signatures can be forged`,
      });
    }
    return faults;
  },
};
