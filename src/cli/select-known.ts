import type { PlanSelection } from '../model/plan-selection.js';
import type { ScanDefinition } from '../scan/scan-definition.js';
import type { Inventory } from '../store/inventory.js';
import { chooseKnown, type KnownEndpoint } from '../targets/choose-known.js';
import { parseDuration } from '../targets/parse-duration.js';
import type { Plan } from '../targets/plan.js';

/** What of a plan is visited, and in which order, where the definition goes by what is known; null: all of it, as it comes. */
export async function selectKnown(
  inventory: Pick<Inventory, 'lastObserved'>,
  plan: Plan,
  { expiringFirst = false, olderThan, onlyNew = false }: ScanDefinition,
  now: Date,
): Promise<PlanSelection | null> {
  if (!expiringFirst && !onlyNew && olderThan === undefined) return null;
  const known: KnownEndpoint[] = [];
  for await (const each of inventory.lastObserved())
    if (plan.indexOf(each.endpoint) !== null) known.push(each);
  const olderThanMs = olderThan === undefined ? undefined : parseDuration(olderThan, '--older-than');
  return chooseKnown(
    plan,
    known,
    { onlyNew, expiringFirst, ...(olderThanMs !== undefined && { olderThanMs }) },
    now,
  );
}
