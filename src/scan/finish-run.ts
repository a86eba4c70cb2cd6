import type { ScanRunState } from '../model/scan-run.js';
import type { Inventory } from '../store/inventory.js';
import type { RunsReplaced } from '../store/replace-runs.js';
import { accountForPlan } from './account-for-plan.js';

/** A run that has come to an end, whichever. */
export interface FinishedRun {
  readonly inventory: Inventory;
  /** UUIDv7. */
  readonly run: string;
  readonly planSize: number;
  /** It is to replace all others when it has visited all of its plan. */
  readonly replaces: boolean;
  now(): Date;
}

/**
 * Notes how a run has ended; one that replaces all others does so now, if it has visited all of its plan and nothing
 * speaks against it. Otherwise it has failed, and everything else is as it was. Null: it was not to replace anything yet.
 */
export async function finishRun(
  { inventory, now, planSize, replaces, run }: FinishedRun,
  state: ScanRunState,
): Promise<RunsReplaced | null> {
  const counts = await inventory.countOutcomes(run);
  const end = { endedAt: now().toISOString(), counts };
  if (!replaces || state !== 'completed') {
    await inventory.finishRun(run, { ...end, state });
    return null;
  }
  let replaced: RunsReplaced | null = null;
  try {
    const { problem } = await accountForPlan(inventory, run, planSize, true);
    replaced =
      problem === null
        ? await inventory.finishReplacingRun(run, end)
        : { doubt: problem, removed: 0, goingOn: [] };
    return replaced;
  } finally {
    if (replaced?.doubt !== null) await inventory.finishRun(run, { ...end, state: 'failed' });
  }
}
