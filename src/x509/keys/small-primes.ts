import { multiplyAll } from './multiply-all.js';

/** The largest prime that moduli are tried with: the exponent that nearly all keys have, and 2^16 + 1. */
export const LARGEST_SMALL_PRIME = 65_537;

let primes: readonly number[] | undefined;
let product: bigint | undefined;

/** The primes up to 65,537 in ascending order. They are sieved when first asked for, and once. */
export function smallPrimes(): readonly number[] {
  primes ??= sieve(LARGEST_SMALL_PRIME);
  return primes;
}

/** The product of the primes up to 65,537, of 94,043 bits. */
export function productOfSmallPrimes(): bigint {
  product ??= multiplyAll(smallPrimes().map(BigInt));
  return product;
}

/** The sieve of Eratosthenes. */
function sieve(largest: number): number[] {
  const isComposite = new Uint8Array(largest + 1);
  const found: number[] = [];
  for (let candidate = 2; candidate <= largest; candidate++) {
    if (isComposite[candidate] === 1) continue;
    found.push(candidate);
    for (let multiple = candidate * candidate; multiple <= largest; multiple += candidate)
      isComposite[multiple] = 1;
  }
  return found;
}
