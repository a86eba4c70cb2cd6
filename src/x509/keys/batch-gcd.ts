import { gcd } from './gcd.js';
import {
  buildProductTree,
  listCofactorRemainders,
  listRemainders,
  type ProductTree,
  productOf,
} from './product-tree.js';

/**
 * Bits of the numbers that go into one tree: 32,768 moduli of 2048 bits, whose tree takes 120 MB. V8's largest integer
 * has sixteen times as many.
 */
const MAX_TREE_BITS = 2 ** 26;

/**
 * Finds which numbers have a factor in common with another one (Bernstein, "How to find smooth parts of integers", 2004;
 * Heninger and others, "Mining your Ps and Qs", 2012). Numbers must be above 1 and distinct. Returns for each of `fresh`
 * what it has in common with the product of all others, fresh or known: 1 for nothing, itself when nothing is its own.
 * Known numbers are not compared with each other, which is what makes few new among many old ones cheap.
 */
export function batchGcd(
  fresh: readonly bigint[],
  known: readonly bigint[] = [],
  maxTreeBits: number = MAX_TREE_BITS,
): bigint[] {
  const blocks = splitIntoBlocks(fresh, maxTreeBits);
  const others = splitIntoBlocks(known, maxTreeBits);
  return blocks.flatMap((block) => {
    const tree = buildProductTree(block);
    const rests = listCofactorRemainders(tree);
    return listCommonFactors(tree, rests, [...blocks.filter((each) => each !== block), ...others]);
  });
}

/** Returns for each number what it has in common with the product of `others`, and not with its own kind. */
export function batchGcdWith(numbers: readonly bigint[], others: readonly bigint[]): bigint[] {
  const blocks = splitIntoBlocks(others, MAX_TREE_BITS);
  return splitIntoBlocks(numbers, MAX_TREE_BITS).flatMap((block) =>
    listCommonFactors(
      buildProductTree(block),
      block.map(() => 1n),
      blocks,
    ),
  );
}

/** `rests` are the products that each number of the tree was multiplied into so far, modulo that number. */
function listCommonFactors(
  tree: ProductTree,
  rests: readonly bigint[],
  others: readonly (readonly bigint[])[],
): bigint[] {
  const [numbers = []] = tree;
  const all = others.reduce((product, block) => multiplyRests(product, block, tree), rests);
  return numbers.map((number, index) => gcd(number, all[index] ?? 0n));
}

/** Multiplies what is left of the others' product with one more block of others. */
function multiplyRests(rests: readonly bigint[], others: readonly bigint[], tree: ProductTree): bigint[] {
  const [numbers = []] = tree;
  const factors = listRemainders(productOf(buildProductTree(others)), tree);
  return rests.map((rest, index) => (rest * (factors[index] ?? 0n)) % (numbers[index] ?? 1n));
}

function splitIntoBlocks(numbers: readonly bigint[], maxBits: number): bigint[][] {
  const blocks: bigint[][] = [];
  let bits = 0;
  for (const number of numbers) {
    const more = number.toString(16).length * 4;
    const block = blocks.at(-1);
    if (block === undefined || bits + more > maxBits) {
      blocks.push([number]);
      bits = more;
    } else {
      block.push(number);
      bits += more;
    }
  }
  return blocks;
}
