import type { KeyTest } from '../key-test.js';
import type { RsaNumbers } from '../rsa-numbers.js';
import { exactSquareRoot } from '../square-root.js';

/** With d below the fourth root of N, e must have three quarters of N's bits: any less and there is nothing to find. */
const LEAST_EXPONENT_SHARE = 0.7;

/** The search costs the cube of the length: beyond this it would take tens of milliseconds, and no CA issues such keys. */
const MAX_SEARCHED_BITS = 8192;

/**
 * The private exponent is so small that the public one gives it away (Wiener, "Cryptanalysis of Short RSA Secret
 * Exponents", 1990): k/d, with e * d = 1 + k * phi, is then a convergent of the continued fraction of e/N.
 */
export const smallPrivateExponent: KeyTest = {
  title: 'Small private exponents',
  citation: 'Wiener, IEEE Transactions on Information Theory 36, 1990; FIPS 186-5, appendix A.1.1',
  run({ rsa }) {
    if (rsa === null || !hasLargeExponent(rsa) || !hasSmallPrivateExponent(rsa)) return null;
    return {
      id: 'weak-rsa-exponent',
      text: 'has a private exponent so small that it can be computed from the public one',
      severity: 'critical',
    };
  },
};

function hasLargeExponent({ bits, exponent, modulus }: RsaNumbers): boolean {
  if (bits > MAX_SEARCHED_BITS || exponent >= modulus) return false;
  return exponent > 1n << BigInt(Math.floor(bits * LEAST_EXPONENT_SHARE));
}

function hasSmallPrivateExponent({ bits, exponent, modulus }: RsaNumbers): boolean {
  const limit = 1n << BigInt(Math.ceil(bits / 4));
  let [numerator, denominator] = [exponent, modulus];
  let [lastK, k, lastD, d] = [0n, 1n, 1n, 0n];
  while (denominator !== 0n && d < limit) {
    const quotient = numerator / denominator;
    [numerator, denominator] = [denominator, numerator - quotient * denominator];
    [lastK, k] = [k, quotient * k + lastK];
    [lastD, d] = [d, quotient * d + lastD];
    if (k > 0n && opens(exponent * d - 1n, k, modulus)) return true;
  }
  return false;
}

/** Whether k divides e * d - 1, and the quotient is phi(N): then p + q = N - phi + 1, and p - q is a root. */
function opens(multiple: bigint, k: bigint, modulus: bigint): boolean {
  if (multiple % k !== 0n) return false;
  const sum = modulus - multiple / k + 1n;
  const difference = exactSquareRoot(sum * sum - 4n * modulus);
  return difference !== null && (sum + difference) % 2n === 0n && sum > difference;
}
