import type { KeyTest } from '../key-test.js';
import { makeResidueReader } from '../residue-reader.js';

/** What all primes of Infineon's library are powers of, but for a multiple of M. */
const GENERATOR = 65_537n;

/** The primes from 3 to 167: with 2 they make up the M of the smallest keys, which divides that of all others. */
const PRIMES = [
  3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71, 73, 79, 83, 89, 97, 101, 103, 107,
  109, 113, 127, 131, 137, 139, 149, 151, 157, 163, 167,
] as const;

const M = PRIMES.reduce((product, prime) => product * BigInt(prime), 2n);

/** The order of 65537 modulo M, in factors that are coprime to each other. */
const ORDER_FACTORS = [16n, 81n, 25n, 7n, 11n, 13n, 17n, 23n, 29n, 37n, 41n, 53n, 83n] as const;
const ORDER = ORDER_FACTORS.reduce((product, factor) => product * factor, 1n);

/** For each prime modulo which 65537 does not reach everything: what it reaches. */
const MARKS = PRIMES.map((prime) => ({ prime, reached: reach(prime) })).filter(
  ({ prime, reached }) => reached.size < prime - 1,
);

/** Marks that are looked at first, which turns nearly all keys away: their product is a plain number. */
const FIRST_MARKS = 8;

const readResidues = makeResidueReader(MARKS.map(({ prime }) => prime));

/** The largest key whose factors can be computed with the means of a company (a hundred and some CPU years). */
const PRACTICAL_BITS = 2048;

/**
 * The key was made by Infineon's RSALib, whose primes have so little randomness that they can be found (Nemec and others,
 * "The Return of Coppersmith's Attack", ACM CCS 2017): p = k * M + (65537^a mod M), so N is a power of 65537 modulo M.
 */
export const roca: KeyTest = {
  title: 'ROCA',
  citation: 'CVE-2017-15361; Nemec and others, ACM CCS 2017',
  run({ rsa }) {
    if (rsa === null || !isMarked(rsa.modulus) || !isPower(rsa.modulus)) return null;
    return {
      id: 'roca-key',
      text: 'was made by a faulty Infineon chip or library (ROCA): its private key can be computed from it',
      severity: rsa.bits <= PRACTICAL_BITS ? 'critical' : 'high',
    };
  },
};

/** Looks at each prime alone: one random modulus in 2^27 passes. */
function isMarked(modulus: bigint): boolean {
  return hasMarks(modulus, FIRST_MARKS) && hasMarks(modulus, MARKS.length);
}

function hasMarks(modulus: bigint, count: number): boolean {
  const residues = readResidues(modulus, count);
  for (const [at, residue] of residues.entries()) if (!MARKS[at]?.reached.has(residue)) return false;
  return true;
}

/**
 * Whether N is a power of 65537 modulo M (Pohlig and Hellman, 1978): in the part of each factor of the order it is one of
 * a few dozen powers. One random modulus in 2^155 passes.
 */
function isPower(modulus: bigint): boolean {
  const n = modulus % M;
  if (powerOf(n, ORDER) !== 1n) return false;
  return ORDER_FACTORS.every((factor) => {
    const generator = powerOf(GENERATOR, ORDER / factor);
    const wanted = powerOf(n, ORDER / factor);
    let power = 1n;
    for (let exponent = 0n; exponent < factor; exponent++) {
      if (power === wanted) return true;
      power = (power * generator) % M;
    }
    return false;
  });
}

function powerOf(base: bigint, exponent: bigint): bigint {
  let result = 1n;
  let square = base % M;
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = (result * square) % M;
    square = (square * square) % M;
  }
  return result;
}

function reach(prime: number): ReadonlySet<number> {
  const reached = new Set<number>();
  const step = Number(GENERATOR) % prime;
  for (let power = 1; !reached.has(power); power = (power * step) % prime) reached.add(power);
  return reached;
}
