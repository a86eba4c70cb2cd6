// Prints what the search for shared primes costs on one core, and whether the main thread goes on meanwhile.
// Run: npm run build && npx tsx test/bench/batch-gcd.ts

import { generatePrimeSync, randomBytes } from 'node:crypto';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { gcd } from '../../src/x509/keys/gcd.js';
import type { SharedPrimeSearch, SharedPrimes } from '../../src/x509/keys/shared-primes.js';
import { productOfSmallPrimes } from '../../src/x509/keys/small-primes.js';

type Search = (search: SharedPrimeSearch, signal: AbortSignal) => Promise<SharedPrimes>;

// As it was built: a thread of its own begins with JavaScript.
const { searchSharedPrimes }: { searchSharedPrimes: Search } = await import(
  new URL('../../dist/scan/search-shared-primes.js', import.meta.url).href
);

const MODULI = 10_000;
const PLANTED_PAIRS = 20;

const prime = () => generatePrimeSync(1024, { bigint: true });
const planted = Array.from({ length: PLANTED_PAIRS }, prime).flatMap((shared) => [
  shared * prime(),
  shared * prime(),
]);
const moduli = [...planted, ...Array.from({ length: MODULI - planted.length }, makeNumber)];

await measure(`${MODULI} moduli of 2048 bits`, { fresh: moduli, known: [], suspects: [] });
await measure('100 new among them', { fresh: moduli.slice(0, 100), known: moduli.slice(100), suspects: [] });

async function measure(what: string, search: SharedPrimeSearch): Promise<void> {
  const delay = monitorEventLoopDelay({ resolution: 5 });
  const begunAt = performance.now();
  delay.enable();
  const { groups } = await searchSharedPrimes(search, new AbortController().signal);
  delay.disable();
  const seconds = ((performance.now() - begunAt) / 1000).toFixed(1);
  const pairs = Array.from({ length: PLANTED_PAIRS }, (_, pair) => [2 * pair, 2 * pair + 1]);
  const found = pairs.filter(([one, other]) =>
    groups.some((group) => group.includes(one ?? -1) && group.includes(other ?? -1)),
  ).length;
  const others = groups.length - found;
  console.log(
    `${what}: ${seconds} s; ${found} of ${PLANTED_PAIRS} planted pairs found, ${others} more by chance; ` +
      `the main thread waited ${(delay.max / 1e6).toFixed(0)} ms at the most`,
  );
}

/** A random number without small factors: true moduli take a quarter of an hour to make, and differ in nothing else. */
function makeNumber(): bigint {
  for (;;) {
    const bytes = randomBytes(256);
    bytes[0] = (bytes[0] ?? 0) | 0x80;
    const number = BigInt(`0x${bytes.toString('hex')}`) | 1n;
    if (gcd(number, productOfSmallPrimes() % number) === 1n) return number;
  }
}
