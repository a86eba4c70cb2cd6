import { UsageError } from '../model/usage-error.js';
import type { Inventory } from '../store/inventory.js';

/** The id of the run that `--run` means: the beginning of an id will do, and `last` is the latest. */
export async function findRun(inventory: Inventory, wanted: string): Promise<string> {
  const runs = await inventory.runs();
  const found =
    wanted === 'last' ? runs.slice(0, 1) : runs.filter(({ id }) => id.startsWith(wanted.toLowerCase()));
  const [run] = found;
  if (run === undefined)
    throw new UsageError(`--run: ${inventory.path} has no run ${wanted}: see certsweep list runs`);
  if (found.length > 1)
    throw new UsageError(`--run: ${found.length} runs begin with ${wanted}: write more of the id`);
  return run.id;
}
