import type { Check, Fault } from '../check.js';
import { describeCertificate } from '../describe-certificate.js';

/** BR 6.1.6: the exponent should be from 2^16 + 1 ... */
const LEAST_GOOD_EXPONENT = 65_537;
/** ... to 2^256 - 1: 32 octets. */
const MAXIMUM_OCTETS = 32;

/** The public exponent of an RSA key is unsound (1, even) or unwise (small, or vast). */
export const weakRsaExponent: Check = {
  id: 'weak-rsa-exponent',
  severity: 'low',
  subject: 'certificate',
  title: 'An RSA key has a bad public exponent',
  citation: 'BR 6.1.6; FIPS 186-5, section 5.1',
  advice:
    'Make a new key with the exponent 65537, the default of all present-day tools, have a certificate issued for it, and replace both.',
  run({ search }) {
    const faults: Fault[] = [];
    for (const certificate of search.certificates) {
      const exponent = certificate.publicKey.rsa?.exponent;
      if (exponent === undefined) continue;
      const judged = judgeExponent(exponent);
      if (judged === null) continue;
      faults.push({
        subject: certificate.facts.fingerprintSha256,
        message: `the RSA key of ${describeCertificate(certificate)} has the public exponent ${judged.text}, 65537 is recommended`,
        severity: judged.isUnsound ? 'critical' : 'low',
      });
    }
    return faults;
  },
};

function judgeExponent(exponent: Uint8Array): { text: string; isUnsound: boolean } | null {
  const isEven = ((exponent.at(-1) ?? 0) & 1) === 0;
  if (exponent.length > MAXIMUM_OCTETS) return { text: `of ${exponent.length} octets`, isUnsound: isEven };
  const value = BigInt(`0x0${Buffer.from(exponent).toString('hex')}`);
  // With exponent 1 a message is its own signature; an even one has no inverse.
  const isUnsound = isEven || value === 1n;
  return isUnsound || value < LEAST_GOOD_EXPONENT ? { text: String(value), isUnsound } : null;
}
