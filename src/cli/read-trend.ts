import type { TrendPoint } from '../model/overview.js';
import { makeOverview } from '../report/overview.js';
import type { Inventory } from '../store/inventory.js';

/** What the latest runs of an inventory have found, the earliest first. */
export async function readTrend(inventory: Inventory, now: Date): Promise<readonly TrendPoint[]> {
  return makeOverview(await inventory.overview(now), now).trend;
}
