import type { KeyTest } from '../key-test.js';
import { makeResidueReader } from '../residue-reader.js';
import { exactSquareRoot, integerSquareRoot } from '../square-root.js';

/** How many steps Fermat's method gets: what the Baseline Requirements demand of CAs (BR 6.1.1.3). */
export const FERMAT_ROUNDS = 100;

const ALL_STEPS = Array.from({ length: FERMAT_ROUNDS + 1 }, (_, step) => step);

/**
 * Which residues are squares, for moduli that rule nearly everything else out: of numbers that are no squares, one in
 * some 1,600 passes all of them.
 */
const SIEVES = [64, 63, 65, 11, 17, 19, 23, 31].map((modulus) => {
  const isSquare = new Uint8Array(modulus);
  for (let root = 0; root < modulus; root++) isSquare[(root * root) % modulus] = 1;
  return { modulus, isSquare };
});

const readResidues = makeResidueReader(SIEVES.map(({ modulus }) => modulus));

/**
 * The two primes are so close to each other that Fermat's method (1643) finds them in a few steps, as those of printers
 * with the Safezone library are (CVE-2022-26320): if N = a^2 - b^2, its factors are a - b and a + b.
 */
export const closePrimes: KeyTest = {
  title: 'Close or equal primes',
  citation: 'BR 6.1.1.3; CVE-2022-26320',
  run({ rsa }) {
    if (rsa === null || rsa.modulus < 4n || rsa.modulus % 2n === 0n) return null;
    const { modulus } = rsa;
    const floor = integerSquareRoot(modulus);
    const first = floor * floor === modulus ? floor : floor + 1n;
    for (const step of listCandidates(readResidues(first), readResidues(modulus))) {
      const a = first + BigInt(step);
      const b = exactSquareRoot(a * a - modulus);
      // A factor of 1 is that of every number.
      if (b === null || a - b === 1n) continue;
      const text = b === 0n ? 'has two equal primes' : 'has two primes that lie too close together';
      return {
        id: 'close-primes-key',
        text: `${text}: its private key can be computed`,
        severity: 'critical',
      };
    }
    return null;
  },
};

/** The steps at which a^2 - N, of which only residues are known, passes every sieve. */
function listCandidates(first: Float64Array, n: Float64Array): readonly number[] {
  let steps: readonly number[] = ALL_STEPS;
  for (const [at, { modulus, isSquare }] of SIEVES.entries()) {
    const [a = 0, b = 0] = [first[at], n[at]];
    steps = steps.filter((step) => isSquare[((a + step) ** 2 + modulus - b) % modulus] === 1);
  }
  return steps;
}
