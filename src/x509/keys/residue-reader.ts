/** Products up to this are plain numbers, and so are residues modulo them. */
const MAX_PLAIN = Number.MAX_SAFE_INTEGER;

/** Plain products that are divided by together first: what is left of a long number is short to divide by each. */
const GROUPS_OF_A_BATCH = 6;

/** Reads the residues of a number, which is not negative, modulo the first `count` moduli; without `count`, all. */
export type ReadResidues = (n: bigint, count?: number) => Float64Array;

interface Group {
  readonly first: number;
  readonly moduli: readonly number[];
  readonly product: bigint;
}

interface Batch {
  readonly groups: readonly Group[];
  readonly product: bigint;
}

/**
 * Makes a function that reads residues modulo many small numbers, from 1 to 2^32, with few divisions of the whole
 * number. Why not one by one: each such division of a bigint costs as much as some dozens of plain ones.
 */
export function makeResidueReader(moduli: readonly number[]): ReadResidues {
  const batches = toBatches(toGroups(moduli));
  return (n, count = moduli.length) => {
    const residues = new Float64Array(count);
    for (const { groups, product } of batches) {
      const [{ first = 0 } = {}] = groups;
      if (first >= count) break;
      const rest = n % product;
      for (const group of groups) if (group.first < count) readGroup(rest, group, residues);
    }
    return residues;
  };
}

function readGroup(n: bigint, { first, moduli, product }: Group, residues: Float64Array): void {
  const rest = Number(n % product);
  // What is written beyond the end of a typed array is dropped.
  for (let at = 0; at < moduli.length; at++) residues[first + at] = remainder(rest, moduli[at] ?? 1);
}

/** The same as `%`, which is slow for doubles beyond 32 bits. */
function remainder(n: number, modulus: number): number {
  const rest = n - Math.floor(n / modulus) * modulus;
  // The quotient was rounded, and may be one too large.
  return rest < 0 ? rest + modulus : rest;
}

function toGroups(moduli: readonly number[]): Group[] {
  const groups: Group[] = [];
  let group: number[] = [];
  let product = 1;
  const close = (next: number) => {
    if (group.length > 0)
      groups.push({ first: next - group.length, moduli: group, product: BigInt(product) });
    group = [];
    product = 1;
  };
  for (const [at, modulus] of moduli.entries()) {
    if (product * modulus > MAX_PLAIN) close(at);
    group.push(modulus);
    product *= modulus;
  }
  close(moduli.length);
  return groups;
}

function toBatches(groups: readonly Group[]): Batch[] {
  const batches: Batch[] = [];
  for (let at = 0; at < groups.length; at += GROUPS_OF_A_BATCH) {
    const together = groups.slice(at, at + GROUPS_OF_A_BATCH);
    batches.push({ groups: together, product: together.reduce((all, { product }) => all * product, 1n) });
  }
  return batches;
}
