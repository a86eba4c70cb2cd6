import type { SubjectPublicKey } from '../../x509/parsed-certificate.js';
import type { Check, Fault } from '../check.js';
import { describeCertificate } from '../describe-certificate.js';
import { listKeyFaults } from '../list-key-faults.js';

type RsaKey = NonNullable<SubjectPublicKey['rsa']>;

/** BR 6.1.6: the exponent should be from 2^16 + 1 ... */
const LEAST_GOOD_EXPONENT = 65_537;
/** ... to 2^256 - 1: 32 octets. */
const MAXIMUM_OCTETS = 32;

/** The public exponent of an RSA key is unsound (1, even, above the modulus), unwise (small, or vast), or gives the private one away. */
export const weakRsaExponent: Check = {
  id: 'weak-rsa-exponent',
  severity: 'low',
  subject: 'certificate',
  title: 'An RSA key has a bad public exponent',
  citation: 'BR 6.1.6; FIPS 186-5, section 5.1',
  advice:
    'Make a new key with the exponent 65537, the default of all present-day tools, have a certificate issued for it, and replace both.',
  run(facts) {
    const faults: Fault[] = listKeyFaults(facts, 'weak-rsa-exponent');
    const known = new Set(faults.map(({ subject }) => subject));
    for (const certificate of facts.search.certificates) {
      const { rsa } = certificate.publicKey;
      if (rsa === null || known.has(certificate.facts.fingerprintSha256)) continue;
      const judged = judgeExponent(rsa);
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

function judgeExponent({ exponent, modulus }: RsaKey): { text: string; isUnsound: boolean } | null {
  // With exponent 1 a message is its own signature; an even one has no inverse; one above the modulus is no exponent.
  const isEven = ((exponent.at(-1) ?? 0) & 1) === 0;
  const isAbove = compareNumbers(exponent, modulus) >= 0;
  if (isAbove)
    return { text: `of ${exponent.length} octets, which is not below the modulus`, isUnsound: true };
  if (exponent.length > MAXIMUM_OCTETS) return { text: `of ${exponent.length} octets`, isUnsound: isEven };
  const value = BigInt(`0x0${Buffer.from(exponent).toString('hex')}`);
  const isUnsound = isEven || value === 1n;
  return isUnsound || value < LEAST_GOOD_EXPONENT ? { text: String(value), isUnsound } : null;
}

/** Compares unsigned big-endian numbers without leading zeros. */
function compareNumbers(a: Uint8Array, b: Uint8Array): number {
  return a.length - b.length || Buffer.compare(a, b);
}
