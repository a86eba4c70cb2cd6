import { type Command, Option } from 'commander';
import { LISTINGS } from '../../query/field.js';
import { DEFAULT_INVENTORY_PATH } from '../../store/open-database.js';
import type { CommandModule } from '../command-module.js';
import { commaList } from '../options/comma-list.js';
import { lastMoment } from '../options/last-moment.js';
import { moment } from '../options/moment.js';
import { repeated } from '../options/repeated.js';
import { wholeNumber } from '../options/whole-number.js';
import { runTag } from '../run-tag.js';
import type { TagFlags } from '../tag-flags.js';

/** Room for more rules than anyone numbers one by one. */
const MAX_ORDER = 1_000_000;

/** `certsweep tag`: who answers for endpoints and certificates, and what else people know of them. */
export const tagCommand: CommandModule = {
  register(program: Command): void {
    program
      .command('tag')
      .description('say who answers for endpoints and certificates, tag them, and accept findings for a time')
      .argument('[subject...]', 'endpoints (host:port) and certificates (fingerprints), as show takes them')
      .option('--db <file>', 'the inventory', DEFAULT_INVENTORY_PATH)
      .option(
        '--rule <rule>',
        'all that it fits, now and later: cidr:10.0.0.0/8, name:*.lab.example, issuer:~DigiCert; repeatable',
        repeated,
      )
      .option('--where <query>', 'all that matches now: "issuer ~ digicert and port = 443"')
      .addOption(new Option('--of <what>', 'what --where is about').choices(LISTINGS).default('endpoints'))
      .option('--outcomes', 'with --where, also endpoints that gave no certificate')
      .option('--owner <name>', 'who answers for it; with --waive, who accepts the finding')
      .option('--add <tags>', 'tags to add, with commas between', commaList)
      .option('--remove <tags>', 'tags to take away', commaList)
      .option('--note <text>', 'a note, in place of the one before')
      .option('--unused', 'nobody uses it any more: nobody is told of its expiry')
      .option('--used', 'it is used, whatever a rule says')
      .option('--waive <findings>', 'findings to accept, with --owner, --reason and --until', commaList)
      .option('--reason <text>', 'why')
      .option('--until <day>', 'the last day of it', lastMoment)
      .option('--unwaive <findings>', 'findings to accept no more', commaList)
      .option(
        '--unset <fields>',
        'say nothing any more of: owner, notes, unused, order, tags, waivers, all',
        commaList,
      )
      .option(
        '--order <number>',
        'the place of a rule: the least is tried first (default: 1000)',
        wholeNumber(0, MAX_ORDER),
      )
      .option('--list', 'show what is said, of these or of all')
      .option('--json', 'write the answer as JSON')
      .option('--now <iso>', 'count times in --where from this moment', moment)
      .addHelpText('after', '\nRules and what counts where several things are said: docs/annotations.md.')
      .action((subjects: string[], flags: TagFlags) => runTag(subjects, flags));
  },
};
