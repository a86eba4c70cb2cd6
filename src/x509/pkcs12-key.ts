import { createHash } from 'node:crypto';
import { type KeyDerivationBudget, spendIterations } from './key-derivation-budget.js';

/** What a derived key is for: the "ID" of RFC 7292, appendix B.3. */
export const PKCS12_PURPOSES = { key: 1, iv: 2, mac: 3 } as const;

/** How a key is derived. */
export interface Pkcs12Derivation {
  /** As node:crypto calls it. */
  readonly hash: string;
  readonly salt: Uint8Array;
  readonly iterations: number;
}

/** A call of a hash function from here costs some five times of what one within PBKDF2 does. */
const ITERATION_WEIGHT = 5;

/** Octets that these hash functions take at once (RFC 7292, appendix B.2: v). */
const WIDE_BLOCKS: Readonly<Record<string, number>> = {
  sha384: 128,
  sha512: 128,
  'sha512-224': 128,
  'sha512-256': 128,
};
const BLOCK = 64;

/**
 * Derives a key, an initialisation vector or a MAC key from a password (RFC 7292, appendix B.2). `password` is as
 * `encodePkcs12Password` makes it.
 */
export function derivePkcs12Key(
  password: Uint8Array,
  purpose: keyof typeof PKCS12_PURPOSES,
  { hash, iterations, salt }: Pkcs12Derivation,
  length: number,
  budget: KeyDerivationBudget,
): Buffer {
  const block = WIDE_BLOCKS[hash] ?? BLOCK;
  const diversifier = Buffer.alloc(block, PKCS12_PURPOSES[purpose]);
  const input = Buffer.concat([fill(salt, block), fill(password, block)]);
  const parts: Buffer[] = [];
  for (let made = 0; made < length; ) {
    spendIterations(budget, iterations, ITERATION_WEIGHT);
    let digest = createHash(hash).update(diversifier).update(input).digest();
    for (let round = 1; round < iterations; round++) digest = createHash(hash).update(digest).digest();
    parts.push(digest);
    made += digest.length;
    if (made < length) addToBlocks(input, fill(digest, block).subarray(0, block), block);
  }
  return Buffer.concat(parts).subarray(0, length);
}

/** A password as PKCS#12 takes it: UTF-16, big-endian, with a zero at its end (RFC 7292, appendix B.1). */
export function encodePkcs12Password(password: string): Buffer {
  return Buffer.from(`${password}\0`, 'utf16le').swap16();
}

/** Repeats bytes up to a whole number of blocks; nothing stays nothing. */
function fill(bytes: Uint8Array, block: number): Buffer {
  return Buffer.alloc(block * Math.ceil(bytes.length / block), bytes);
}

/** Adds a number and 1 to each block of the input, modulo its size. */
function addToBlocks(input: Buffer, addend: Uint8Array, block: number): void {
  for (let start = 0; start < input.length; start += block) {
    let carry = 1;
    for (let at = block - 1; at >= 0; at--) {
      carry += (input[start + at] ?? 0) + (addend[at] ?? 0);
      input[start + at] = carry & 0xff;
      carry >>= 8;
    }
  }
}
