/**
 * Enough of ML-KEM (FIPS 203) to read the certificate of a server that insists on a post-quantum group, without any
 * lattice arithmetic. Our key pair has the secret vector zero, so the vector `t` of the encapsulation key is zero too, and
 * what the server adds to hide its message vanishes: the second half of its ciphertext is the message, rounded. As with
 * the other key shares, nothing secret depends on it.
 */
import { createHash } from 'node:crypto';
import type { SharePart } from './share-part.js';

/** The parameter sets of FIPS 203, section 8. */
export type MlKemSize = 512 | 768 | 1024;

const PARAMETERS = {
  512: { rank: 2, vectorBits: 10, scalarBits: 4 },
  768: { rank: 3, vectorBits: 10, scalarBits: 4 },
  1024: { rank: 4, vectorBits: 11, scalarBits: 5 },
} as const;

/** Coefficients of a polynomial. */
const DEGREE = 256;

/** One polynomial of the encapsulation key: 256 coefficients of 12 bits. */
const POLYNOMIAL_BYTES = 384;

const SEED_BYTES = 32;

/** The share of an ML-KEM group: a key that hides nothing, as `t` and the seed of the matrix are zero. */
export function mlKemShare(size: MlKemSize): SharePart {
  const { rank, vectorBits, scalarBits } = PARAMETERS[size];
  const client = Buffer.alloc(rank * POLYNOMIAL_BYTES + SEED_BYTES);
  const keyHash = createHash('sha3-256').update(client).digest();
  return {
    client,
    serverBytes: ((rank * vectorBits + scalarBits) * DEGREE) / 8,
    // The message and the hash of the key make the secret (FIPS 203, algorithm 17).
    secretOf: (ciphertext) =>
      createHash('sha3-512')
        .update(readMessage(ciphertext, scalarBits))
        .update(keyHash)
        .digest()
        .subarray(0, 32),
  };
}

/** Bit i of the message is set where coefficient i is nearer to half the modulus than to zero. */
function readMessage(ciphertext: Buffer, bits: number): Buffer {
  const scalar = ciphertext.subarray(ciphertext.length - (bits * DEGREE) / 8);
  const quarter = 2 ** bits / 4;
  const message = Buffer.alloc(DEGREE / 8);
  for (let index = 0; index < DEGREE; index += 1) {
    let value = 0;
    for (let bit = 0; bit < bits; bit += 1) value |= readBit(scalar, index * bits + bit) << bit;
    if (value >= quarter && value < 3 * quarter)
      message[index >> 3] = (message[index >> 3] ?? 0) | (1 << (index & 7));
  }
  return message;
}

function readBit(bytes: Buffer, at: number): number {
  return ((bytes[at >> 3] ?? 0) >> (at & 7)) & 1;
}
