import { gcd } from '../gcd.js';
import type { KeyTest } from '../key-test.js';
import { productOfSmallPrimes, smallPrimes } from '../small-primes.js';

/** The modulus is not the product of two large primes: it is 0 or 1, or a small prime divides it. */
export const smallFactor: KeyTest = {
  title: 'Small factors',
  citation: 'BR 6.1.6; FIPS 186-5, appendix A.1.1',
  run({ rsa }) {
    if (rsa === null) return null;
    const { modulus } = rsa;
    const fault = (text: string) => ({ id: 'small-factor-key', text, severity: 'critical' }) as const;
    if (modulus < 2n) return fault(`has the modulus ${modulus}, which protects nothing`);
    const common = gcd(modulus, productOfSmallPrimes() % modulus);
    if (common === 1n) return null;
    const smallest = smallPrimes().find((prime) => common % BigInt(prime) === 0n);
    return fault(
      smallest === 2
        ? 'has an even modulus, which is no product of two large primes'
        : `has a modulus that ${smallest} divides, which is no product of two large primes`,
    );
  },
};
