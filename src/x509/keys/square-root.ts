/** Bits of a number that a double's root is exact enough for, to begin with. */
const FLOAT_BITS = 64;

/** The largest integer whose square is not above `n`; `n` is not negative. */
export function integerSquareRoot(n: bigint): bigint {
  if (n < 2n) return n;
  const bits = n.toString(16).length * 4;
  // An even shift keeps the root of what is left a root of the whole.
  const shift = Math.max(0, bits - FLOAT_BITS) & ~1;
  const top = Math.ceil(Math.sqrt(Number(n >> BigInt(shift)))) + 2;
  // Newton's method from above falls until it arrives.
  let root = BigInt(top) << BigInt(shift / 2);
  for (;;) {
    const next = (root + n / root) >> 1n;
    if (next >= root) return root;
    root = next;
  }
}

/** The root of a square; null: `n` is none. */
export function exactSquareRoot(n: bigint): bigint | null {
  if (n < 0n) return null;
  const root = integerSquareRoot(n);
  return root * root === n ? root : null;
}
