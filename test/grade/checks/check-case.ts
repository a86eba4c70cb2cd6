import type { Severity } from '../../../src/model/finding.js';
import type { Setup } from '../judge-setup.js';

/** One way in which a check fires, and the nearest way in which it must not. */
export interface CheckCase {
  readonly id: string;
  readonly name: string;
  readonly fires: () => Promise<Setup>;
  readonly message: string | RegExp;
  /** Default: that of the check. */
  readonly severity?: Severity;
  readonly silent: () => Promise<Setup>;
}

/** Joins a chain that is complete and trusted into a setup. */
export function trusted(
  pki: {
    root: NonNullable<Setup['roots']>[number];
    intermediate: Setup['chain'][number];
    leaf: Setup['chain'][number];
  },
  rest: Partial<Setup> = {},
): Setup {
  return { chain: [pki.leaf, pki.intermediate], roots: [pki.root], ...rest };
}
