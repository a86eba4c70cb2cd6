import type { Command } from 'commander';
import { DEFAULT_INVENTORY_PATH } from '../../store/open-database.js';
import { vacuumInventory } from '../../store/vacuum-inventory.js';
import type { CommandModule } from '../command-module.js';

/** `certsweep vacuum`: an inventory's file without what nothing uses. */
export const vacuumCommand: CommandModule = {
  register(program: Command): void {
    program
      .command('vacuum')
      .description('give room that nothing uses back to the disk, and make what lists are read from anew')
      .option('--db <file>', 'the inventory', DEFAULT_INVENTORY_PATH)
      .action(({ db }: { readonly db: string }) => {
        const { after, before } = vacuumInventory(db);
        process.stdout.write(
          `${before.toLocaleString('en-US')} bytes before, ${after.toLocaleString('en-US')} now\n`,
        );
      });
  },
};
