import type { Command } from 'commander';
import { DEFAULT_INVENTORY_PATH } from '../../store/open-database.js';
import { pruneInventory } from '../../store/prune-inventory.js';
import type { CommandModule } from '../command-module.js';
import { moment } from '../options/moment.js';
import { wholeNumber } from '../options/whole-number.js';

interface PruneFlags {
  readonly db: string;
  readonly keepRuns: number;
  readonly keepDays: number;
  readonly dryRun?: true;
  readonly now?: Date;
  readonly json?: true;
}

/** A month of daily scans. */
const KEEP_RUNS = 30;

/** A year, and what a certificate of 398 days needs to be seen from issue to expiry. */
const KEEP_DAYS = 400;

const DAY_MS = 24 * 60 * 60 * 1000;

/** `certsweep prune`: an inventory without what was observed long ago. */
export const pruneCommand: CommandModule = {
  register(program: Command): void {
    program
      .command('prune')
      .description(
        'remove what runs of the past have observed, but never the last that is known of an endpoint',
      )
      .option('--db <file>', 'the inventory', DEFAULT_INVENTORY_PATH)
      .option('--keep-runs <count>', 'keep so many of the latest runs', wholeNumber(1, 1_000_000), KEEP_RUNS)
      .option('--keep-days <days>', 'keep also runs that started since', wholeNumber(0, 100_000), KEEP_DAYS)
      .option('--now <iso>', 'count days back from this moment', moment)
      .option('--dry-run', 'tell what would be removed, and remove nothing')
      .option('--json', 'write what was removed as a JSON object')
      .action((flags: PruneFlags) => {
        const now = flags.now ?? new Date();
        const removed = pruneInventory(flags.db, {
          keepRuns: flags.keepRuns,
          keepSince: new Date(Math.max(0, now.getTime() - flags.keepDays * DAY_MS)),
          isDryRun: flags.dryRun === true,
        });
        const { certificates, observations, runs } = removed;
        const verb = flags.dryRun ? 'would remove' : 'removed';
        process.stdout.write(
          flags.json
            ? `${JSON.stringify({ runs, observations, certificates })}\n`
            : runs + observations + certificates === 0
              ? 'there is nothing to remove\n'
              : `${verb} ${count(runs, 'run')}, ${count(observations, 'observation')} and ${count(certificates, 'certificate')}` +
                `${flags.dryRun ? '' : '; certsweep vacuum gives their room back to the disk'}\n`,
        );
      });
  },
};

function count(number: number, noun: string): string {
  return `${number.toLocaleString('en-US')} ${noun}${number === 1 ? '' : 's'}`;
}
