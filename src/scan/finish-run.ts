import type { ScanRunState } from '../model/scan-run.js';
import type { Inventory } from '../store/inventory.js';
import type { RunsReplaced } from '../store/replace-runs.js';
import type { TagsOf } from '../store/save-found-tags.js';
import { accountForPlan } from './account-for-plan.js';

/** A run that has come to an end, whichever. */
export interface FinishedRun {
  readonly inventory: Inventory;
  /** UUIDv7. */
  readonly run: string;
  readonly plan: { readonly size: number };
  /** It is to replace all others when it has visited all of its plan; absent: it joins them. */
  readonly replaces?: boolean;
  /** Tags for the endpoints that have a certificate, once the run counts; absent: none. */
  readonly tagsOf?: TagsOf;
  now(): Date;
}

/**
 * Notes how a run has ended; one that replaces all others does so now, if it has visited all of its plan and nothing
 * speaks against it. Otherwise it has failed, and everything else is as it was. Null: it was not to replace anything yet.
 */
export async function finishRun(
  { inventory, now, plan, replaces = false, run, tagsOf }: FinishedRun,
  state: ScanRunState,
): Promise<RunsReplaced | null> {
  const counts = await inventory.countOutcomes(run);
  const end = { endedAt: now().toISOString(), counts };
  if (!replaces || state !== 'completed') {
    // What is to replace others and has not says nothing yet.
    await inventory.finishRun(run, { ...end, state }, replaces ? undefined : tagsOf);
    return null;
  }
  let replaced: RunsReplaced | null = null;
  try {
    const { problem } = await accountForPlan(inventory, run, plan.size, true);
    replaced =
      problem === null
        ? await inventory.finishReplacingRun(run, end, tagsOf)
        : { doubt: problem, removed: 0, goingOn: [] };
    return replaced;
  } finally {
    if (replaced?.doubt !== null) await inventory.finishRun(run, { ...end, state: 'failed' });
  }
}
