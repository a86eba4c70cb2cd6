import type { Command } from 'commander';
import { DEFAULT_INVENTORY_PATH } from '../../store/open-database.js';
import { EXIT_CODES, type ExitCode } from '../exit-codes.js';
import { runVerify, type VerifyFlags } from '../run-verify.js';

/** `certsweep verify`: whether an inventory is sound. */
export const verifyCommand = {
  register(program: Command, exit: (code: ExitCode) => void): void {
    program
      .command('verify')
      .description('look for whatever is wrong in the inventory; changes nothing')
      .option('--db <file>', 'the inventory', DEFAULT_INVENTORY_PATH)
      .option('--json', 'write what is wrong as a JSON array')
      .option('--quiet', 'do not tell what is looked at')
      .addHelpText(
        'after',
        '\nLooks at a copy, which needs room in the directory for temporary files; scans may go on.\nExits with 3 when something is wrong.',
      )
      .action(async (flags: VerifyFlags) => {
        const isSound = await runVerify(flags);
        if (!isSound) exit(EXIT_CODES.unfinished);
      });
  },
};
