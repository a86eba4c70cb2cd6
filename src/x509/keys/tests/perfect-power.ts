import { integerRoot } from '../integer-root.js';
import type { KeyTest } from '../key-test.js';
import { makeResidueReader, type ReadResidues } from '../residue-reader.js';
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
    const { modulus, bits } = rsa;
    sieves ??= makeSieves();
    const searched = sieves.exponents.filter(({ exponent }) => exponent * LEAST_ROOT_BITS <= bits);
    const residues = sieves.readFirst(modulus, searched.length);
    for (const [at, { exponent, isPower, otherPrimes }] of searched.entries()) {
      if (
        isPower[residues[at] ?? 0] !== 1 ||
        !otherPrimes.every((prime) => canBePower(modulus, exponent, prime))
      )
        continue;
      const root = integerRoot(modulus, exponent);
      if (root ** BigInt(exponent) !== modulus) continue;
      return {
        id: 'close-primes-key',
        text: `has a modulus that is a power of ${exponent} equal factors: its private key can be computed`,
        severity: 'critical',
      };
    }
    return null;
  },
};

/** What may be a power with this exponent, which is a prime. */
interface ExponentSieve {
  readonly exponent: number;
  /** By residue modulo its first prime, whether a power can have it. */
  readonly isPower: Uint8Array;
  readonly otherPrimes: readonly number[];
}

let sieves: { readonly exponents: readonly ExponentSieve[]; readonly readFirst: ReadResidues } | undefined;

/** For all odd exponents of moduli that are searched. */
function makeSieves() {
  const exponents = smallPrimes().filter(
    (exponent) => exponent !== 2 && exponent * LEAST_ROOT_BITS <= MAX_SEARCHED_BITS,
  );
  const firstPrimes: number[] = [];
  const made = exponents.map((exponent): ExponentSieve => {
    const [first = 1, ...otherPrimes] = smallPrimes()
      .filter((prime) => prime % exponent === 1)
      .slice(0, SIEVES_PER_EXPONENT);
    firstPrimes.push(first);
    const isPower = Uint8Array.from({ length: first }, (_, residue) =>
      isPowerResidue(residue, exponent, first) ? 1 : 0,
    );
    return { exponent, isPower, otherPrimes };
  });
  return { exponents: made, readFirst: makeResidueReader(firstPrimes) };
}

function canBePower(n: bigint, exponent: number, prime: number): boolean {
  return isPowerResidue(Number(n % BigInt(prime)), exponent, prime);
}

/** By Euler's criterion for k-th powers: modulo a prime q with q mod k = 1, a k-th power to the (q-1)/k is 1 or 0. */
function isPowerResidue(residue: number, exponent: number, prime: number): boolean {
  return residue === 0 || powerOf(residue, (prime - 1) / exponent, prime) === 1;
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
