import { createHash } from 'node:crypto';

/**
 * Why a Feistel network: it shuffles any number of things without a list of them, and the place of each is computed
 * alone, so that a slice of the order needs nothing of the rest. The moduli need not be powers of two (Black and
 * Rogaway, "Ciphers with Arbitrary Finite Domains", CT-RSA 2002, generalized Feistel), so barely any index falls
 * outside the domain; one that does walks its cycle until it is back inside (the same paper, cycle walking).
 */
const ROUNDS = 6;

/** The largest domain: each half is then below 2^24 and every product below 2^53, where numbers stop being exact. */
export const MAX_PERMUTATION_SIZE = 2 ** 48;

/** A shuffled order of the whole numbers below a size, each of them once. */
export interface Permutation {
  /** The number at a place in the order. */
  numberAt(place: number): number;
  /** The place of a number in the order. */
  placeOf(number: number): number;
}

/** Makes the order of the whole numbers below `size`: the same for the same seed. */
export function createPermutation(size: number, seed: string): Permutation {
  if (!Number.isSafeInteger(size) || size < 1 || size > MAX_PERMUTATION_SIZE) {
    throw new RangeError(`a permutation has from 1 to 2^48 members, not ${size}`);
  }
  const left = Math.ceil(Math.sqrt(size));
  const right = Math.ceil(size / left);
  const keys = roundKeysOf(seed);
  return {
    numberAt(place) {
      let value = place;
      do value = encipher(value, left, right, keys);
      while (value >= size);
      return value;
    },
    placeOf(number) {
      // The same cycle, walked the other way.
      let value = number;
      do value = decipher(value, left, right, keys);
      while (value >= size);
      return value;
    },
  };
}

/** One pass of the network over the numbers below `left * right`; the halves swap moduli after each round. */
function encipher(value: number, left: number, right: number, keys: Uint32Array): number {
  let high = Math.floor(value / left);
  let low = value - high * left;
  let lowSize = left;
  let highSize = right;
  for (let round = 0; round < ROUNDS; round += 1) {
    const mixed = (low + mix(high, keys[2 * round] ?? 0, keys[2 * round + 1] ?? 0)) % lowSize;
    low = high;
    high = mixed;
    const size = lowSize;
    lowSize = highSize;
    highSize = size;
  }
  // An even number of rounds leaves the halves as they began.
  return high * left + low;
}

/** The inverse of one pass: its rounds undone, the last one first. */
function decipher(value: number, left: number, right: number, keys: Uint32Array): number {
  let high = Math.floor(value / left);
  let low = value - high * left;
  let lowSize = left;
  let highSize = right;
  for (let round = ROUNDS - 1; round >= 0; round -= 1) {
    const added = mix(low, keys[2 * round] ?? 0, keys[2 * round + 1] ?? 0) % highSize;
    const unmixed = (high - added + highSize) % highSize;
    high = low;
    low = unmixed;
    const size = lowSize;
    lowSize = highSize;
    highSize = size;
  }
  return high * left + low;
}

/** A 32-bit hash of one half under two round keys: alternate multiplying and folding spreads each bit over all. */
function mix(half: number, firstKey: number, secondKey: number): number {
  let hash = half ^ firstKey;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13) ^ secondKey, 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** Two 32-bit keys for each round, from SHA-256 over the seed and a counter; the same on every machine. */
function roundKeysOf(seed: string): Uint32Array {
  const keys = new Uint32Array(2 * ROUNDS);
  for (let round = 0; round < ROUNDS; round += 1) {
    const digest = createHash('sha256').update(`certsweep order ${round} ${seed}`).digest();
    keys[2 * round] = digest.readUInt32BE(0);
    keys[2 * round + 1] = digest.readUInt32BE(4);
  }
  return keys;
}
