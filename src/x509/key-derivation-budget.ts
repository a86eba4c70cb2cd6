import { DerError } from './der-error.js';

/** Iterations that may still be spent on one file: keys are derived for each of its parts, and the file says how slowly. */
export interface KeyDerivationBudget {
  iterations: number;
}

/** Ten times of what the most careful software writes today (600,000), for three parts: a few seconds. */
const MAX_ITERATIONS = 10_000_000;

/** The budget of one file. */
export function makeKeyDerivationBudget(): KeyDerivationBudget {
  return { iterations: MAX_ITERATIONS };
}

/** Takes iterations from a budget; `weight` is what one of them costs beside one of PBKDF2. Throws DerError when spent. */
export function spendIterations(budget: KeyDerivationBudget, iterations: number, weight = 1): void {
  if (iterations < 1) throw new DerError('the iteration count of a key derivation is zero');
  budget.iterations -= iterations * weight;
  if (budget.iterations < 0)
    throw new DerError(
      `deriving its keys would take more than ${MAX_ITERATIONS.toLocaleString('en-US')} iterations`,
    );
}
