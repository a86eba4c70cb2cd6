import { UsageError } from '../model/usage-error.js';
import type { Inventory } from '../store/inventory.js';
import { findRun } from './find-run.js';
import { formatCoverage } from './print/coverage.js';

/** Networks that are listed: all of a /8, as /24. */
const MOST_SUBNETS = 65_536;

/** Tells what a run has covered, by port and by network, as tables or as JSON; of the latest run unless named. */
export async function listCoverage(
  inventory: Inventory,
  { json = false, run = 'last' }: { readonly json?: boolean; readonly run?: string },
): Promise<string> {
  const id = await findRun(inventory, run);
  const found = (await inventory.runs()).find((each) => each.id === id);
  if (found === undefined) throw new UsageError(`${inventory.path} has no run ${id}`);
  const coverage = await inventory.coverage(id, { maxSubnets: MOST_SUBNETS });
  if (json) return `${JSON.stringify({ run: id, planSize: found.planSize, ...coverage })}\n`;
  const observed = Object.values(coverage.outcomes).reduce((sum, count) => sum + count, 0);
  const count = (value: number) => value.toLocaleString('en-US');
  return `Run ${id}: ${count(observed)} observed, ${count(found.planSize)} in the plan, ${found.state}\n\n${formatCoverage(coverage, null)}\n`;
}
