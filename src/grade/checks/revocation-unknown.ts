import type { Check, Fault } from '../check.js';
import { describeCertificate } from '../describe-certificate.js';

/** Somebody was asked whether a certificate of the path was revoked, and nothing that counts came back. */
export const revocationUnknown: Check = {
  id: 'revocation-unknown',
  severity: 'low',
  subject: 'certificate',
  title: 'Whether the certificate has been revoked could not be learned',
  citation: 'RFC 6960, section 3.2; RFC 5280, section 6.3',
  advice:
    'If a stapled response is at fault, see that the server can reach the OCSP responder of its CA and renews what it staples. If responder or list are, tell the CA; within a network of your own, see that the scanner may reach them (--fetch-private).',
  run({ leaf, search, revocations }) {
    const faults: Fault[] = [];
    for (const certificate of search.certificates) {
      const subject = certificate.facts.fingerprintSha256;
      const revocation = revocations.get(subject);
      if (revocation?.status !== 'unknown') continue;
      const what =
        certificate === leaf ? 'the certificate' : `the issuer ${describeCertificate(certificate)}`;
      faults.push({ subject, message: `it is unknown whether ${what} was revoked: ${revocation.why}` });
    }
    return faults;
  },
};
