import { integerRoot } from '../integer-root.js';
import type { KeyTest } from '../key-test.js';
import { LARGEST_SMALL_PRIME, smallPrimes } from '../small-primes.js';

/** Primes that each exponent is sieved with: a number that is no power passes one of them by chance once in k times. */
const SIEVES_PER_EXPONENT = 3;

/** A modulus can be made to pass every sieve; beyond this the roots would take tens of milliseconds. */
const MAX_SEARCHED_BITS = 8192;

/** No prime up to this divides a modulus that is not found otherwise, which bounds the exponents of a power. */
const LEAST_ROOT_BITS = 16;

/** The modulus is the third or a higher power of one number; a square is one of two primes too close together. */
export const perfectPower: KeyTest = {
  title: 'A modulus that is a power',
  citation: 'BR 6.1.6',
  run({ rsa }) {
    if (rsa === null || rsa.bits > MAX_SEARCHED_BITS || rsa.modulus < BigInt(LARGEST_SMALL_PRIME))
      return null;
    for (const exponent of smallPrimes()) {
      if (exponent * LEAST_ROOT_BITS > rsa.bits) return null;
      if (exponent === 2 || !canBePower(rsa.modulus, exponent)) continue;
      const root = integerRoot(rsa.modulus, exponent);
      if (root ** BigInt(exponent) !== rsa.modulus) continue;
      return {
        id: 'close-primes-key',
        text: `has a modulus that is a power of ${exponent} equal factors: its private key can be computed`,
        severity: 'critical',
      };
    }
    return null;
  },
};

/** By Euler's criterion for k-th powers: modulo a prime q with q mod k = 1, a k-th power to the (q-1)/k is 1 or 0. */
function canBePower(n: bigint, exponent: number): boolean {
  return sievesOf(exponent).every((prime) => {
    const residue = Number(n % BigInt(prime));
    return residue === 0 || powerOf(residue, (prime - 1) / exponent, prime) === 1;
  });
}

const known = new Map<number, readonly number[]>();

function sievesOf(exponent: number): readonly number[] {
  let sieves = known.get(exponent);
  if (sieves === undefined) {
    sieves = smallPrimes()
      .filter((prime) => prime % exponent === 1)
      .slice(0, SIEVES_PER_EXPONENT);
    known.set(exponent, sieves);
  }
  return sieves;
}

/** base^exponent modulo a number below 2^26, so that products are exact. */
function powerOf(base: number, exponent: number, modulus: number): number {
  let result = 1;
  let square = base % modulus;
  for (let rest = exponent; rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) result = (result * square) % modulus;
    square = (square * square) % modulus;
  }
  return result;
}
