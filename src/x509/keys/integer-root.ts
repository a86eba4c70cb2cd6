/** Bits of a root that are taken from floating point: fewer than a double holds, as logarithms are not exact. */
const FLOAT_BITS = 36;

/** The largest integer whose `degree`-th power is not above `n`; `n` is positive, `degree` at least 2. */
export function integerRoot(n: bigint, degree: number): bigint {
  const k = BigInt(degree);
  // Newton's method from above falls until it arrives; from close by, which matters where the degree is large.
  let root = startAbove(n, degree);
  for (;;) {
    const next = ((k - 1n) * root + n / root ** (k - 1n)) / k;
    if (next >= root) return root;
    root = next;
  }
}

/** A number that is above the root by a tiny part of it, and at least 2. */
function startAbove(n: bigint, degree: number): bigint {
  const log = log2(n) / degree;
  const whole = Math.floor(log);
  const mantissa = BigInt(Math.ceil(2 ** (log - whole + FLOAT_BITS)) + 2);
  return whole >= FLOAT_BITS
    ? mantissa << BigInt(whole - FLOAT_BITS)
    : (mantissa >> BigInt(FLOAT_BITS - whole)) + 1n;
}

function log2(n: bigint): number {
  const digits = n.toString(16);
  // 13 hex digits fit a double exactly.
  const shown = digits.slice(0, 13);
  return Math.log2(Number.parseInt(shown, 16)) + 4 * (digits.length - shown.length);
}
