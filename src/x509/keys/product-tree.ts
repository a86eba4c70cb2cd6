import { multiplyPairs } from './multiply-all.js';

/** Products of numbers: the first level holds the numbers, each further one the products of neighbours, the last one all. */
export type ProductTree = readonly (readonly bigint[])[];

/** Multiplies numbers up to their product, and keeps what comes up on the way; there must be one number at least. */
export function buildProductTree(numbers: readonly bigint[]): ProductTree {
  const levels = [numbers];
  for (let level = numbers; level.length > 1; ) {
    level = multiplyPairs(level);
    levels.push(level);
  }
  return levels;
}

/** The product of all numbers of a tree. */
export function productOf(tree: ProductTree): bigint {
  return tree.at(-1)?.[0] ?? 1n;
}

/**
 * Divides one number by each of a tree's and returns the rests, in the order of the numbers: down the tree, so that both
 * sides of every division are of like size (Bernstein, "Scaled remainder trees", 2004, has the history).
 */
export function listRemainders(dividend: bigint, tree: ProductTree): bigint[] {
  let rests = [dividend];
  for (const level of [...tree].reverse()) {
    const parents = rests;
    rests = level.map((product, index) => (parents[index >> 1] ?? 0n) % product);
  }
  return rests;
}

/**
 * Returns for each number of a tree the product of all others modulo itself.
 *
 * Why not the usual way, the whole product modulo squares: the sum over all numbers of the product of the others leaves
 * modulo one of them just the product of its others, and is half as long as what squares make of it.
 */
export function listCofactorRemainders(tree: ProductTree): bigint[] {
  const [numbers = []] = tree;
  let sums = numbers.map(() => 1n);
  for (const level of tree.slice(0, -1)) {
    const above: bigint[] = [];
    for (let index = 0; index < level.length; index += 2) {
      const left = sums[index] ?? 0n;
      const right = sums[index + 1];
      above.push(right === undefined ? left : left * (level[index + 1] ?? 1n) + right * (level[index] ?? 1n));
    }
    sums = above;
  }
  return listRemainders(sums[0] ?? 0n, tree);
}
