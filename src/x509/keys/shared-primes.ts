import { batchGcd, batchGcdWith } from './batch-gcd.js';
import { gcd } from './gcd.js';
import { productOfSmallPrimes } from './small-primes.js';

/** Common divisors that sorting may compute one by one: some minutes' work, whatever an attacker has planted. */
const MAX_SORTING_STEPS = 500_000;

/** What is searched for common primes. Places of moduli count through the fresh ones and on through the known ones. */
export interface SharedPrimeSearch {
  /** Distinct, above 1. */
  readonly fresh: readonly bigint[];
  /** Distinct, above 1, and compared with each other before. */
  readonly known: readonly bigint[];
  /** Places of known moduli that were found to share a prime then. */
  readonly suspects: readonly number[];
}

/** The moduli that have a large prime in common with another one. */
export interface SharedPrimes {
  /** Places of all of them, ascending. */
  readonly places: readonly number[];
  /** The same by common prime. A modulus of which both primes are shared is in two groups. */
  readonly groups: readonly (readonly number[])[];
}

/** Finds the moduli that share a prime. The primes stay here: whoever has one has the private keys. */
export function findSharedPrimes({ fresh, known, suspects }: SharedPrimeSearch): SharedPrimes {
  const all = [...fresh, ...known];
  const freshHits = placesOfHits(batchGcd(fresh, known));
  const hitModuli = freshHits.map((place) => fresh[place] ?? 1n);
  // Known moduli are looked through only when a fresh one has brought something to light.
  const knownHits = hitModuli.length === 0 ? [] : placesOfHits(batchGcdWith(known, hitModuli));
  const hits = new Set([...freshHits, ...knownHits.map((place) => fresh.length + place), ...suspects]);
  const candidates = [...hits].filter((place) => !hasSmallFactor(all[place] ?? 1n)).sort((a, b) => a - b);
  // Again without those that share nothing but a small factor.
  const common = batchGcd(candidates.map((place) => all[place] ?? 1n));
  const sharing = candidates
    .map((place, index) => ({ place, modulus: all[place] ?? 1n, common: common[index] ?? 1n }))
    .filter((each) => each.common !== 1n);
  return { places: sharing.map(({ place }) => place), groups: groupByPrime(sharing) };
}

function placesOfHits(common: readonly bigint[]): number[] {
  return [...common.keys()].filter((place) => common[place] !== 1n);
}

/** A small factor is a fault of its own, and would make one group of all moduli that have it. */
function hasSmallFactor(modulus: bigint): boolean {
  return gcd(modulus, productOfSmallPrimes() % modulus) !== 1n;
}

interface SharingModulus {
  readonly place: number;
  readonly modulus: bigint;
  /** What it has in common with the product of all others. */
  readonly common: bigint;
}

function groupByPrime(sharing: readonly SharingModulus[]): number[][] {
  const groups = new Map<bigint, Set<number>>();
  const join = (prime: bigint, place: number) => {
    const group = groups.get(prime);
    if (group === undefined) groups.set(prime, new Set([place]));
    else group.add(place);
  };
  for (const { common, modulus, place } of sharing) if (common !== modulus) join(common, place);
  // What is left has several factors in common with others: it is compared with each prime, and with its like.
  const isPlain = ({ common, modulus }: SharingModulus) =>
    common !== modulus && (groups.get(common)?.size ?? 0) > 1;
  const others = sharing.filter((each) => !isPlain(each));
  let steps = 0;
  for (const [index, one] of others.entries()) {
    for (const prime of [...groups.keys()]) {
      if (++steps > MAX_SORTING_STEPS) break;
      if (one.modulus % prime === 0n) join(prime, one.place);
    }
    for (const other of others.slice(0, index)) {
      if (++steps > MAX_SORTING_STEPS) break;
      const prime = gcd(one.modulus, other.modulus);
      if (prime === 1n || prime === one.modulus || prime === other.modulus) continue;
      join(prime, one.place);
      join(prime, other.place);
    }
  }
  return [...groups.values()]
    .filter(({ size }) => size > 1)
    .map((group) => [...group].sort((a, b) => a - b))
    .sort(([a = 0], [b = 0]) => a - b);
}
