/** Bits of numbers whose roots doubles give exactly when rounded down. */
const FLOAT_BITS = 52;

/** The largest integer whose square is not above `n`; `n` is not negative. */
export function integerSquareRoot(n: bigint): bigint {
  if (n < 2n) return n;
  return rootOf(n, n.toString(16).length * 4);
}

/** The root of a square; null: `n` is none. */
export function exactSquareRoot(n: bigint): bigint | null {
  if (n < 0n) return null;
  const root = integerSquareRoot(n);
  return root * root === n ? root : null;
}

/** The root of a number of at most `bits` bits, and at least `bits - 4`. */
function rootOf(n: bigint, bits: number): bigint {
  if (bits <= FLOAT_BITS) return BigInt(Math.floor(Math.sqrt(Number(n))));
  // Each half of the root's bits takes one division of half the length: that of the upper half's remainder by its root.
  const low = BigInt(Math.floor((bits - ROOT_GUARD_BITS) / 4));
  const upper = n >> (2n * low);
  const upperRoot = rootOf(upper, bits - 2 * Number(low));
  const rest = upper - upperRoot * upperRoot;
  const next = BigInt.asUintN(Number(low), n >> low);
  let root = (upperRoot << low) + ((rest << low) + next) / (2n * upperRoot);
  // The quotient is right or a little too large.
  while (root * root > n) root--;
  return root;
}

/** How many bits longer than the lower half of the root the upper half is, so that few roots come out too large. */
const ROOT_GUARD_BITS = 8;
