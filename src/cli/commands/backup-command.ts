import type { Command } from 'commander';
import { backupInventory } from '../../store/backup-inventory.js';
import { DEFAULT_INVENTORY_PATH } from '../../store/open-database.js';
import type { CommandModule } from '../command-module.js';
import { escapeTerminal } from '../print/escape-terminal.js';

interface BackupFlags {
  readonly db: string;
  readonly force?: true;
}

/** `certsweep backup`: an inventory as it is at one moment, in another file. */
export const backupCommand: CommandModule = {
  register(program: Command): void {
    program
      .command('backup')
      .description('write the inventory as it is now to another file, also while a scan writes to it')
      .argument('<file>', 'where to; it appears when it is whole')
      .option('--db <file>', 'the inventory', DEFAULT_INVENTORY_PATH)
      .option('--force', 'replace a file that is there')
      .action(async (file: string, { db, force }: BackupFlags) => {
        const bytes = await backupInventory(db, file, { force: force === true });
        process.stdout.write(`${escapeTerminal(file)}: ${bytes.toLocaleString('en-US')} bytes\n`);
      });
  },
};
