import type { Check } from '../check.js';
import { describeCertificate, describeIssuer } from '../describe-certificate.js';

/** An issuer is neither presented nor known: a private CA's unsent root or a missing intermediate. */
export const unknownIssuer: Check = {
  id: 'unknown-issuer',
  severity: 'medium',
  subject: 'certificate',
  title: 'The issuer is neither presented nor in a trust store',
  citation: 'RFC 5280, section 6.1',
  advice:
    "If the issuer is your own CA, make its root known with --trust-store name=root.pem. If it is an intermediate, configure the service to send it after the server's certificate.",
  run({ search }) {
    const missing = search.path.status === 'incomplete' ? search.missingIssuer : null;
    if (missing === null || missing.known !== null || missing.of.issuerUrls.length > 0) return null;
    return {
      subject: missing.of.facts.fingerprintSha256,
      message: `${describeCertificate(missing.of)} was issued by ${describeIssuer(missing.of)}, which is neither presented nor in a trust store`,
    };
  },
};
