import type { Check } from '../check.js';
import { describeCertificate, describeIssuer, shorten } from '../describe-certificate.js';

/**
 * The server does not send an intermediate certificate. Proven when the missing issuer is known from elsewhere, and
 * taken as such when the certificate says where its issuer is to be had.
 */
export const missingIntermediate: Check = {
  id: 'missing-intermediate',
  severity: 'medium',
  subject: 'certificate',
  title: 'The server does not send an intermediate certificate',
  citation: 'RFC 8446, section 4.4.2; RFC 5246, section 7.4.2',
  advice:
    "Configure the service with the full chain (often fullchain.pem): the server's certificate first, then each intermediate, the root left out.",
  run({ search }) {
    const missing = search.path.status === 'incomplete' ? search.missingIssuer : null;
    if (missing === null) return null;
    const { of, known, source } = missing;
    const issuerUrl = of.issuerUrls[0];
    if (known === null && issuerUrl === undefined) return null;
    const where =
      known === null
        ? `it is to be had at ${shorten(issuerUrl ?? '')}`
        : `it is ${shorten(source ?? 'known from elsewhere')}, with SHA-256 fingerprint ${known.facts.fingerprintSha256}`;
    return {
      subject: of.facts.fingerprintSha256,
      message: `the chain lacks ${describeIssuer(of)}, the issuer of ${describeCertificate(of)}; ${where}`,
    };
  },
};
