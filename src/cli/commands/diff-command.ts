import { type Command, Option } from 'commander';
import { CHANGE_KINDS, type Change, type ChangeKind } from '../../model/change.js';
import { isAtLeast, SEVERITIES, type Severity } from '../../model/finding.js';
import { UsageError } from '../../model/usage-error.js';
import * as formats from '../../report/change-formats/index.js';
import { readChangeGroups } from '../../report/change-groups.js';
import { diffViews } from '../../scan/diff/diff-views.js';
import { openViews } from '../../store/inventory-view.js';
import { DEFAULT_INVENTORY_PATH } from '../../store/open-database.js';
import { chooseDiffSides } from '../choose-diff-sides.js';
import type { CommandModule } from '../command-module.js';
import { EXIT_CODES, type ExitCode } from '../exit-codes.js';
import { changeKinds } from '../options/change-kinds.js';
import { moment } from '../options/moment.js';
import { wholeNumber } from '../options/whole-number.js';
import { parseWhere } from '../parse-where.js';
import { formatDiffReport } from '../print/diff-report.js';
import { writeStream } from '../print/write-stream.js';

interface DiffFlags {
  readonly db: string;
  readonly since?: string;
  readonly until?: string;
  readonly only?: readonly ChangeKind[];
  readonly where?: string;
  readonly format: string;
  readonly json?: true;
  readonly limit: number;
  readonly failOn?: Severity;
  readonly now?: Date;
}

/** Rows of each kind unless asked otherwise: what one can still look through. */
const DEFAULT_LIMIT = 50;

const TABLE = 'table';
const FORMATS = Object.values(formats);

/** `certsweep diff`: what changed between two runs, moments or inventories. */
export const diffCommand: CommandModule = {
  register(program: Command, exit: (code: ExitCode) => void): void {
    program
      .command('diff')
      .description('show what changed between two runs, two moments, or two inventories')
      .argument('[before]', 'a run, last or previous, or an inventory (default: the last run but one)')
      .argument('[after]', 'the same (default: the last run that was completed)')
      .option('--db <file>', 'the inventory', DEFAULT_INVENTORY_PATH)
      .option('--since <time>', 'what is known now against what was known then: 7d, 2026-11-01')
      .option('--until <time>', 'with --since: what was known then, that day included')
      .option('--only <kinds>', `only these: ${CHANGE_KINDS.join(', ')}`, changeKinds)
      .option('--where <query>', 'only endpoints that match now or, where the certificate is gone, before')
      .addOption(
        new Option('--format <name>', 'how to write it')
          .choices([TABLE, ...FORMATS.map(({ name }) => name)])
          .default(TABLE),
      )
      .option('--json', 'the same as --format ndjson')
      .option('--limit <count>', 'rows of each kind in a table', wholeNumber(1, 1_000_000), DEFAULT_LIMIT)
      .addOption(
        new Option('--fail-on <severity>', 'exit with 1 when a finding at or above this appeared').choices([
          ...SEVERITIES,
        ]),
      )
      .option('--now <iso>', 'count times from this moment', moment)
      .addHelpText(
        'after',
        '\nA run is named by its id or the beginning of it. An endpoint that the later run did not ask is neither gone nor changed.\nEach kind of change is explained in docs/diff.md.',
      )
      .action(async (before: string | undefined, after: string | undefined, flags: DiffFlags) => {
        const operands = [before, after].filter((operand) => operand !== undefined);
        exit(await runDiff(operands, flags));
      });
  },
};

async function runDiff(operands: readonly string[], flags: DiffFlags): Promise<ExitCode> {
  const now = flags.now ?? new Date();
  const format = chooseFormat(flags);
  const matching = flags.where === undefined ? undefined : await parseWhere(flags.where, 'endpoints', now);
  const sides = await chooseDiffSides(operands, flags, now);
  const labels = { before: sides.before.label, after: sides.after.label };
  const options = { now, ...(matching && { matching }) };
  const first = openViews(sides.before.path, options);
  try {
    const second = sides.after.path === sides.before.path ? first : openViews(sides.after.path, options);
    try {
      const diff = diffViews(first.view(sides.before.choice), second.view(sides.after.choice));
      const watch = { isBad: false };
      const changes = choose(diff.changes, flags, watch);
      if (format) await writeStream(process.stdout, format.write(changes, labels));
      else {
        const groups = await readChangeGroups(changes, flags.limit);
        const isChosen = flags.only !== undefined || flags.where !== undefined;
        await writeStream(process.stdout, [formatDiffReport(groups, labels, diff.totals, isChosen)]);
      }
      return watch.isBad ? EXIT_CODES.findings : EXIT_CODES.done;
    } finally {
      if (second !== first) second.close();
    }
  } finally {
    first.close();
  }
}

/** Undefined: as a table. */
function chooseFormat({ format, json }: DiffFlags) {
  if (json && format !== TABLE && format !== formats.ndjson.name)
    throw new UsageError(`--json is --format ndjson: leave out --format ${format}`);
  return json ? formats.ndjson : FORMATS.find(({ name }) => name === format);
}

/** Leaves the kinds that are asked for, and watches all of them for what is bad enough to fail. */
async function* choose(
  changes: AsyncIterable<Change>,
  { failOn, only }: DiffFlags,
  watch: { isBad: boolean },
): AsyncGenerator<Change> {
  for await (const change of changes) {
    const { finding, kind } = change;
    if (failOn && finding && kind === 'finding-appeared' && isAtLeast(finding.severity, failOn))
      watch.isBad = true;
    if (only === undefined || only.includes(kind)) yield change;
  }
}
