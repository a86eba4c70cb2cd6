import { statSync } from 'node:fs';
import { UsageError } from '../model/usage-error.js';
import { makeOverview } from '../report/overview.js';
import { openInventory } from '../store/inventory.js';
import { InventoryError } from '../store/inventory-error.js';
import { formatOverview } from './print/overview.js';
import { makeTextStyle } from './print/text-style.js';

/** What `certsweep list --overview` is told; of the rest of `list` it takes nothing. */
export interface OverviewFlags {
  readonly db: string;
  readonly json?: true;
  readonly now?: Date;
}

/** Options of `list` that choose rows, which an overview has none of. */
const OF_ROWS = ['run', 'outcomes', 'where', 'fields', 'sort'] as const;

/** Tells what an inventory holds on one page, in the terminal or as JSON. */
export async function listOverview(
  words: readonly string[],
  flags: OverviewFlags & Readonly<Partial<Record<(typeof OF_ROWS)[number], unknown>>>,
): Promise<string> {
  if (words.length > 0) throw new UsageError(`--overview is about all there is: leave ${words[0]} out`);
  const other = OF_ROWS.find((flag) => flags[flag] !== undefined);
  if (other !== undefined) throw new UsageError(`--overview is about all there is: it takes no --${other}`);
  const now = flags.now ?? new Date();
  const inventory = openInventory(flags.db, { readOnly: true });
  try {
    if (await inventory.isOverviewMissing(now)) {
      if (process.stderr.isTTY && statSync(flags.db).size > SLOW_BYTES)
        process.stderr.write('counting what has joined the inventory since somebody looked\n');
      await keepOverview(flags.db, now);
    }
    const overview = makeOverview(await inventory.overview(now), now);
    if (flags.json) return `${JSON.stringify(overview)}\n`;
    const { columns, isTTY } = process.stdout;
    const style = makeTextStyle(process.stdout, process.env.NO_COLOR);
    return formatOverview(overview, isTTY && columns > 0 ? style : { ...style, width: PLAIN_COLUMNS });
  } finally {
    await inventory.close();
  }
}

/** Counts once for all who ask later; who may not write counts each time. */
async function keepOverview(path: string, now: Date): Promise<boolean> {
  try {
    const inventory = openInventory(path);
    try {
      await inventory.keepOverview(now);
    } finally {
      await inventory.close();
    }
    return true;
  } catch (error) {
    if (error instanceof UsageError || error instanceof InventoryError) return false;
    throw error;
  }
}

/** An inventory of this size takes a second or more to count. */
const SLOW_BYTES = 200_000_000;

/** Columns where nobody knows how many there are. */
const PLAIN_COLUMNS = 80;
