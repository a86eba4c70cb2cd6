import type { Command } from 'commander';
import { formatForeignSources } from '../../scan/find-foreign-source.js';
import { DEFAULT_INVENTORY_PATH } from '../../store/open-database.js';
import type { CommandModule } from '../command-module.js';
import type { MergeFlags } from '../merge-flags.js';
import { moment } from '../options/moment.js';
import { namedFile } from '../options/named-file.js';
import { repeated } from '../options/repeated.js';
import { runMerge } from '../run-merge.js';

/** `certsweep merge`: several inventories, and what other tools have found, in one. */
export const mergeCommand: CommandModule = {
  register(program: Command): void {
    program
      .command('merge')
      .description('take what other inventories hold, or other tools have found: all of it or nothing')
      .argument(
        '<source...>',
        'inventories, results of other tools, exports, certificates or folders of them',
      )
      .option(
        '--into <file>',
        'the inventory that takes them; made when there is none',
        DEFAULT_INVENTORY_PATH,
      )
      .option(
        '--trust-store <name=file>',
        'CA certificates to trust besides those of Mozilla: a file, a folder, or "system"; repeatable',
        namedFile,
      )
      .option('--password-file <file>', 'the password of trust stores in PKCS#12: its first line')
      .option('--password-env <name>', 'the environment variable that holds this password')
      .option('--no-default-trust', 'do not trust the CAs of Mozilla')
      .option('--policy <file>', 'severities, thresholds and waivers (YAML)')
      .option('--weak-keys <file>', 'RSA keys known to be weak, a line each; repeatable', repeated)
      .option(
        '--now <iso>',
        'judge as of this moment (default: when the first endpoint was observed)',
        moment,
      )
      .option('--json', 'write what was new as a JSON object')
      .addHelpText(
        'after',
        '\nWhat inventories hold stays as it was judged; options of judging are about what is imported.' +
          `\nWhat a file is, is told by its content; besides inventories:\n\n${formatForeignSources()}\n`,
      )
      .action(async (files: readonly string[], flags: MergeFlags) => {
        await runMerge(files, flags);
      });
  },
};
