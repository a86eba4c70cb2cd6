import { type AlgorithmUse, describeAlgorithm } from './algorithm.js';
import type { DescribedComponent } from './component-list.js';

/** Algorithms told apart: peers may send an identifier that nobody has seen before with every certificate. */
const ALGORITHMS = 10_000;

/** What stands for the rest. */
const OTHER = 'other';

/** Collects the algorithms that a bill of materials refers to, each once. */
export class AlgorithmList {
  readonly #known = new Map<string, { readonly use: AlgorithmUse; readonly name: string }>();

  /** The `bom-ref` of an algorithm, which will be in the list from now on. */
  refer(use: AlgorithmUse, name: string): string {
    const ref = `alg:${use}:${name}`;
    if (this.#known.has(ref)) return ref;
    if (this.#known.size >= ALGORITHMS && name !== OTHER) return this.refer(use, OTHER);
    this.#known.set(ref, { use, name });
    return ref;
  }

  /** All of them as components. */
  *components(): Generator<DescribedComponent['component']> {
    for (const [ref, { use, name: known }] of this.#known) {
      const { name, oid, ...algorithmProperties } = describeAlgorithm(use, known);
      yield {
        type: 'cryptographic-asset',
        'bom-ref': ref,
        name,
        cryptoProperties: {
          assetType: 'algorithm',
          algorithmProperties,
          ...(oid !== undefined && { oid }),
        },
      };
    }
  }
}
