import type { ParsedCertificate } from '../../x509/parsed-certificate.js';
import type { Check } from '../check.js';
import { describeCertificate } from '../describe-certificate.js';
import { findMisplacedLeaf } from '../misplaced-leaf.js';

/** The certificates of the path are presented in another order than that of the path. */
export const unorderedChain: Check = {
  id: 'unordered-chain',
  severity: 'low',
  subject: 'certificate',
  title: 'The chain is not sent in order',
  citation: 'RFC 5246, section 7.4.2; RFC 8446, section 4.4.2',
  advice:
    "Put the chain file in order: the server's certificate first, then the certificate that issued it, and so on. Older clients refuse any other order.",
  run({ presented, search }) {
    const misplaced = findMisplacedLeaf(presented);
    if (misplaced !== null) {
      return {
        subject: misplaced.certificate.facts.fingerprintSha256,
        message: `the chain begins with the CA certificate ${describeCertificate(misplaced.first)}; the certificate that it issued, ${describeCertificate(misplaced.certificate)}, comes at place ${misplaced.place}`,
        severity: 'medium',
      };
    }
    const places = new Map<string, number>();
    presented.forEach(({ facts }, index) => {
      if (!places.has(facts.fingerprintSha256)) places.set(facts.fingerprintSha256, index + 1);
    });
    let previous: { certificate: ParsedCertificate; place: number } | null = null;
    for (const certificate of search.certificates) {
      const place = places.get(certificate.facts.fingerprintSha256);
      if (place === undefined) continue;
      if (previous !== null && place < previous.place) {
        return {
          subject: certificate.facts.fingerprintSha256,
          message: `${describeCertificate(certificate)} is sent at place ${place}, before ${describeCertificate(previous.certificate)} at place ${previous.place}, which it issued`,
        };
      }
      previous = { certificate, place };
    }
    return null;
  },
};
