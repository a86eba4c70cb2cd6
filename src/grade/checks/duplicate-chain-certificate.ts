import type { Check } from '../check.js';
import { describeCertificate } from '../describe-certificate.js';

/** The server sends a certificate more than once. */
export const duplicateChainCertificate: Check = {
  id: 'duplicate-chain-certificate',
  severity: 'low',
  subject: 'certificate',
  title: 'The chain holds a certificate more than once',
  citation: 'RFC 8446, section 4.4.2; RFC 5246, section 7.4.2',
  advice:
    "Remove the repeated certificate from the service's chain file. It often comes from a chain file that begins with the server's certificate beside a separate setting for that.",
  run({ presented }) {
    const seen = new Map<string, number[]>();
    presented.forEach(({ facts }, index) => {
      const places = seen.get(facts.fingerprintSha256);
      if (places === undefined) seen.set(facts.fingerprintSha256, [index + 1]);
      else places.push(index + 1);
    });
    return presented.flatMap((certificate, index) => {
      const subject = certificate.facts.fingerprintSha256;
      const places = seen.get(subject) ?? [];
      if (places.length < 2 || places[0] !== index + 1) return [];
      return {
        subject,
        message: `${describeCertificate(certificate)} is sent ${places.length} times, at places ${places[0]} and ${places[1]}${places.length > 2 ? ' and later' : ''}`,
      };
    });
  },
};
