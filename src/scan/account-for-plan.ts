import type { Coverage } from '../model/coverage.js';
import type { Inventory } from '../store/inventory.js';

/** What the inventory holds of a run, against its plan. */
export interface PlanAccount {
  /** Entries of the plan that are done. */
  readonly entriesDone: number;
  /** Observations besides the first of each entry: of further addresses of a name, and of names that became known. */
  readonly extra: number;
  readonly coverage: Coverage;
  /** Why it does not add up; null: it does. */
  readonly problem: string | null;
}

/**
 * Counts what is stored of a run that is over, and holds it against the progress stored with it: each entry that is done has
 * one observation at the least, and there are no others but those counted as extra. `isComplete`: all entries should be done.
 */
export async function accountForPlan(
  inventory: Pick<Inventory, 'coverage' | 'progress'>,
  run: string,
  planSize: number,
  isComplete: boolean,
): Promise<PlanAccount> {
  const progress = await inventory.progress(run);
  const coverage = await inventory.coverage(run);
  const { doneBefore = 0, doneBeyond = new Uint8Array(), extra = 0 } = progress ?? {};
  const entriesDone = doneBefore + countBits(doneBeyond);
  const observations = Object.values(coverage.outcomes).reduce((sum, count) => sum + count, 0);
  return { entriesDone, extra, coverage, problem: findProblem() };

  function findProblem(): string | null {
    if (isComplete && entriesDone !== planSize)
      return `of ${planSize} entries of the plan ${entriesDone} are done, though the run came to its end`;
    if (observations !== entriesDone + extra)
      return `${entriesDone} entries are done, with ${extra} observations besides the first of each, but ${observations} observations are stored`;
    return null;
  }
}

function countBits(bytes: Uint8Array): number {
  let count = 0;
  for (const byte of bytes) for (let rest = byte; rest !== 0; rest &= rest - 1) count += 1;
  return count;
}
