import { checkPrime } from 'node:crypto';
import { promisify } from 'node:util';
import type { EphemeralKey } from '../../model/posture.js';
import type { NotedKey } from './answer-notes.js';
import { DH_PRIMES } from './dh-primes.js';

/** Larger primes than this are no weaker for being odd, and testing them would take seconds. */
const MAX_TESTED_BITS = 4096;

/** Testing takes a tenth of a second at worst; who makes more primes than these makes a new one each time. */
const MAX_TESTED_KEYS = 4;

/** A prime that was made with care passes any number of rounds; few suffice to see that one was not (Socat, 2016). */
const ROUNDS = 4;

const isPrime = promisify<Buffer, { checks: number }, boolean>(checkPrime);

/** Describes the keys that a server made, the shortest first; primes that nobody is known for are tested. */
export async function describeEphemeralKeys(noted: Iterable<NotedKey>): Promise<readonly EphemeralKey[]> {
  const keys: EphemeralKey[] = [];
  let tested = 0;
  for (const { parameters, digest, cipherSuite } of noted) {
    const { kind, bits } = parameters;
    if (kind === 'rsa') {
      keys.push({ kind: 'rsa-export', bits, name: null, safePrime: null, cipherSuite });
      continue;
    }
    const known = DH_PRIMES.get(digest);
    const isTested = !known && bits <= MAX_TESTED_BITS && tested < MAX_TESTED_KEYS;
    if (isTested) tested += 1;
    const safePrime = known ? known.isSafe : isTested ? await isSafePrime(parameters.prime) : null;
    keys.push({ kind, bits, name: known?.name ?? null, safePrime, cipherSuite });
  }
  return keys.sort((a, b) => a.bits - b.bits);
}

async function isSafePrime(prime: Buffer): Promise<boolean> {
  const half = BigInt(`0x${prime.toString('hex') || '0'}`) >> 1n;
  const halfHex = half.toString(16);
  const halfBytes = Buffer.from(halfHex.padStart(halfHex.length + (halfHex.length % 2), '0'), 'hex');
  const options = { checks: ROUNDS };
  return (await isPrime(prime, options)) && (await isPrime(halfBytes, options));
}
