import { type Command, Option } from 'commander';
import { REPORT_SUBJECTS, type ReportSubject, type SavedReport } from '../../model/saved-report.js';
import { UsageError } from '../../model/usage-error.js';
import { findFormat } from '../../report/find-format.js';
import { openInventory } from '../../store/inventory.js';
import { DEFAULT_INVENTORY_PATH } from '../../store/open-database.js';
import type { CommandModule } from '../command-module.js';
import { findReport } from '../find-report.js';
import { commaList } from '../options/comma-list.js';
import { moment } from '../options/moment.js';
import { wholeNumber } from '../options/whole-number.js';
import { planReport } from '../plan-report.js';
import { escapeTerminal } from '../print/escape-terminal.js';
import { formatTable } from '../print/table.js';
import { type RunReportsFlags, runReports } from '../run-reports.js';

interface AddFlags {
  readonly db: string;
  readonly of: ReportSubject;
  readonly title?: string;
  readonly fields?: string;
  readonly where?: string;
  readonly sort?: string;
  readonly limit?: number;
  readonly outcomes?: true;
  readonly format: string;
  readonly out?: string;
  readonly schedule?: string;
  readonly recipients?: readonly string[];
  readonly replace?: true;
}

interface ShowFlags {
  readonly db: string;
  readonly json?: true;
}

/** `certsweep report`: reports that are written again and again. */
export const reportCommand: CommandModule = {
  register(program: Command): void {
    const report = program
      .command('report')
      .description(
        'save reports in the inventory, and write them: what is in them, where they go, when and to whom',
      );
    registerAdd(report);
    report
      .command('list')
      .description('show the saved reports')
      .option('--db <file>', 'the inventory', DEFAULT_INVENTORY_PATH)
      .option('--json', 'JSON in place of a table')
      .action((flags: ShowFlags) => list(flags));
    report
      .command('show')
      .description('show all of one saved report')
      .argument('<name>', 'the report')
      .option('--db <file>', 'the inventory', DEFAULT_INVENTORY_PATH)
      .option('--json', 'JSON in place of lines')
      .action((name: string, flags: ShowFlags) => show(name, flags));
    report
      .command('run')
      .description('write saved reports now, each to its file')
      .argument('[name...]', 'the reports')
      .option('--all', 'all of them')
      .option('--out <pattern>', 'write there, with {date} and {name} replaced; - is standard output')
      .option('--db <file>', 'the inventory', DEFAULT_INVENTORY_PATH)
      .option('--now <iso>', 'count days left, and times in --where, from this moment', moment)
      .action((names: string[], flags: RunReportsFlags) => runReports(names, flags));
    report
      .command('remove')
      .description('remove a saved report; the files that it wrote stay')
      .argument('<name>', 'the report')
      .option('--db <file>', 'the inventory', DEFAULT_INVENTORY_PATH)
      .action((name: string, flags: ShowFlags) => remove(name, flags));
  },
};

function registerAdd(report: Command): void {
  report
    .command('add')
    .description('save a report under a name')
    .argument('<name>', 'what to call it')
    .option('--db <file>', 'the inventory', DEFAULT_INVENTORY_PATH)
    .addOption(
      new Option('--of <what>', 'a row for each of these').choices(REPORT_SUBJECTS).default('certificates'),
    )
    .option('--title <text>', 'the heading of html and markdown, and the name of a calendar')
    .option('--fields <list>', 'columns, in this order (see certsweep list --help)')
    .option('--where <query>', 'only what matches: "expires < 30d and issuer ~ digicert"')
    .option('--sort <list>', 'keys to sort by; -key descends')
    .option('--limit <count>', 'no more rows than this', wholeNumber(1, Number.MAX_SAFE_INTEGER))
    .option('--outcomes', 'of endpoints, also those that gave no certificate')
    .option('--format <name>', 'as certsweep export has them; of certificates csv, json or ndjson', 'csv')
    .option(
      '--out <pattern>',
      'its file, with {date} and {name} replaced (default: {name}-{date} with its ending)',
    )
    .option('--schedule <cron>', 'when certsweep serve writes it: "0 7 * * 1" for Mondays at 7')
    .option('--recipients <list>', 'mail addresses that certsweep serve sends it to', commaList)
    .option('--replace', 'in place of the report of that name')
    .addHelpText(
      'after',
      '\nSchedules and recipients are heeded by certsweep serve; cron and certsweep report run do without it (docs/reports.md).',
    )
    .action((name: string, flags: AddFlags) => add(name, flags));
}

async function add(name: string, flags: AddFlags): Promise<void> {
  const { fields = null, limit = null, recipients = [], schedule = null, sort = null } = flags;
  const report: SavedReport = {
    name,
    title: flags.title ?? null,
    of: flags.of,
    fields,
    where: flags.where ?? null,
    sort,
    limit,
    outcomes: flags.outcomes ?? false,
    format: flags.format,
    out: flags.out ?? `{name}-{date}.${findFormat(flags.format).extension}`,
    schedule,
    recipients,
  };
  const now = new Date();
  await planReport(report, now);
  const inventory = openInventory(flags.db);
  try {
    const isKnown = (await inventory.savedReports()).some((each) => each.name === name);
    if (isKnown && !flags.replace)
      throw new UsageError(
        `there is a report ${JSON.stringify(name)} already: --replace puts this one in its place`,
      );
    await inventory.saveReport(report, now.toISOString());
    process.stdout.write(`${isKnown ? 'replaced' : 'saved'} ${name}\n`);
  } finally {
    await inventory.close();
  }
}

async function list(flags: ShowFlags): Promise<void> {
  const saved = await readSaved(flags.db);
  if (flags.json) process.stdout.write(`${JSON.stringify(saved, null, 2)}\n`);
  else if (saved.length === 0) process.stdout.write('no reports are saved\n');
  else
    process.stdout.write(
      `${formatTable(
        [
          { title: 'Name' },
          { title: 'Of' },
          { title: 'Where', maxWidth: 50 },
          { title: 'Format' },
          { title: 'Out', maxWidth: 40 },
          { title: 'Schedule' },
          { title: 'Recipients', maxWidth: 40 },
        ],
        saved.map((each) => [
          each.name,
          each.of,
          each.where ?? '',
          each.format,
          each.out,
          each.schedule ?? '',
          each.recipients.join(', '),
        ]),
      )}\n`,
    );
}

async function show(name: string, flags: ShowFlags): Promise<void> {
  const report = findReport(await readSaved(flags.db), name);
  if (flags.json) {
    process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
    return;
  }
  const width = Math.max(...Object.keys(report).map(({ length }) => length));
  const lines = Object.entries(report).flatMap(([key, value]: [string, SavedReport[keyof SavedReport]]) => {
    const text = Array.isArray(value) ? value.join(', ') : value === false ? '' : String(value ?? '');
    return text === '' ? [] : [`${key.padEnd(width)}  ${escapeTerminal(text)}\n`];
  });
  process.stdout.write(lines.join(''));
}

async function remove(name: string, { db }: ShowFlags): Promise<void> {
  const inventory = openInventory(db);
  try {
    if (!(await inventory.removeReport(name, new Date().toISOString())))
      findReport(await inventory.savedReports(), name);
    process.stdout.write(`removed ${escapeTerminal(name)}\n`);
  } finally {
    await inventory.close();
  }
}

async function readSaved(db: string): Promise<SavedReport[]> {
  const inventory = openInventory(db, { readOnly: true });
  try {
    return await inventory.savedReports();
  } finally {
    await inventory.close();
  }
}
