import type { Check, Fault } from '../check.js';
import { describeCertificate } from '../describe-certificate.js';
import { findMisplacedLeaf } from '../misplaced-leaf.js';

/** The server sends a certificate that helps no client to build a path, or that cannot be read at all. */
export const extraChainCertificate: Check = {
  id: 'extra-chain-certificate',
  severity: 'low',
  subject: 'certificate',
  title: 'The chain holds a certificate that does not belong to it',
  citation: 'RFC 8446, section 4.4.2; RFC 5246, section 7.4.2',
  advice:
    "Remove it from the service's chain file: the server's certificate, then each issuer up to the root, the root left out. Strict clients refuse a chain with strangers in it.",
  run({ presented, unreadable, linked, leaf }) {
    const faults: Fault[] = [];
    const seen = new Set<string>(linked);
    const misplaced = findMisplacedLeaf(presented);
    if (misplaced !== null) seen.add(misplaced.certificate.facts.fingerprintSha256);
    for (const certificate of presented) {
      const subject = certificate.facts.fingerprintSha256;
      if (seen.has(subject)) continue;
      seen.add(subject);
      faults.push({
        subject,
        message: `${describeCertificate(certificate)} is sent, but issued nothing on the way from ${describeCertificate(leaf)} to a root`,
      });
    }
    for (const { place, fingerprintSha256, reason } of unreadable) {
      faults.push({
        subject: fingerprintSha256,
        message: `what is sent at place ${place} of the chain cannot be read as a certificate: ${reason}`,
      });
    }
    return faults;
  },
};
