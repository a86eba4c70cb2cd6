/** Multiplies numbers in pairs of like size, which is far faster than one after another; the product of none is 1. */
export function multiplyAll(factors: readonly bigint[]): bigint {
  let level = factors;
  while (level.length > 1) level = multiplyPairs(level);
  return level[0] ?? 1n;
}

/** Multiplies each number with its neighbour; the last of an odd number of them is carried up as it is. */
export function multiplyPairs(factors: readonly bigint[]): bigint[] {
  const products: bigint[] = [];
  for (let index = 0; index < factors.length; index += 2) {
    products.push((factors[index] ?? 1n) * (factors[index + 1] ?? 1n));
  }
  return products;
}
