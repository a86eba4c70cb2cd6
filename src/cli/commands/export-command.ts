import { type Command, Option } from 'commander';
import { UsageError } from '../../model/usage-error.js';
import { fieldsOf } from '../../query/find-field.js';
import { COLUMNS } from '../../report/columns.js';
import { EXPORT_FORMATS, findFormat } from '../../report/find-format.js';
import { selectColumns } from '../../report/select-columns.js';
import { writeFile } from '../../report/write-file.js';
import { exportRecords } from '../../scan/export/export-records.js';
import { openInventory } from '../../store/inventory.js';
import { DEFAULT_INVENTORY_PATH } from '../../store/open-database.js';
import { RECORD_SORT_KEYS } from '../../store/record-query.js';
import type { CommandModule } from '../command-module.js';
import { EXIT_CODES } from '../exit-codes.js';
import { findRun } from '../find-run.js';
import { moment } from '../options/moment.js';
import { wholeNumber } from '../options/whole-number.js';
import { parseSort } from '../parse-sort.js';
import { parseWhere } from '../parse-where.js';
import { writeStream } from '../print/write-stream.js';
import { readTrend } from '../read-trend.js';
import { watchSignals } from '../watch-signals.js';

interface ExportFlags {
  readonly db: string;
  readonly format: string;
  readonly out?: string;
  readonly run?: string;
  readonly where?: string;
  readonly fields?: string;
  readonly sort?: string;
  readonly limit?: number;
  readonly outcomes?: true;
  readonly bom?: true;
  readonly now?: Date;
}

/** What the first signal has to say while a file is written. */
const STOPPING = 'certsweep: stopping, and writing nothing; once more stops at once\n';

/** `certsweep export`: the inventory, to a file or standard output. */
export const exportCommand: CommandModule = {
  register(program: Command, setExitCode): void {
    program
      .command('export')
      .description('write the inventory, or one run of it, to a file or to standard output')
      .addOption(
        new Option('--format <name>', 'how to write it')
          .choices(EXPORT_FORMATS.map(({ name }) => name))
          .makeOptionMandatory(),
      )
      .option('--out <file>', 'write to this file, whole or not at all (default: standard output)')
      .option('--db <file>', 'the inventory', DEFAULT_INVENTORY_PATH)
      .option('--run <id>', 'one run, or last (default: the latest observation of each endpoint)')
      .option('--outcomes', 'also endpoints that gave no certificate')
      .option('--where <query>', 'only what matches: "expires < 30d and issuer ~ digicert"')
      .option('--fields <list>', 'columns to write, in this order')
      .option('--sort <list>', 'keys to sort by; -key descends')
      .option('--limit <count>', 'no more than this many', wholeNumber(1, Number.MAX_SAFE_INTEGER))
      .option('--bom', 'begin with a byte order mark, by which Excel knows UTF-8')
      .option('--now <iso>', 'count days left, and times in --where, from this moment', moment)
      .addHelpText(
        'after',
        `\nFormats:\n${EXPORT_FORMATS.map(({ name, title }) => `  ${name.padEnd(12)}${title}`).join('\n')}
\nFields: ${COLUMNS.map(({ id }) => id).join(', ')}\nSort keys: ${RECORD_SORT_KEYS.join(', ')}
Fields of queries (docs/query.md): ${fieldsOf('endpoints')
          .map(({ id }) => id)
          .join(', ')}`,
      )
      .action(async (flags: ExportFlags) => {
        const format = findFormat(flags.format);
        if (flags.fields !== undefined && !format.hasFields)
          throw new UsageError(`--fields: ${format.name} is not made of fields: leave it out`);
        const out = flags.out === '-' ? undefined : flags.out;
        if (format.isBinary && out === undefined && process.stdout.isTTY)
          throw new UsageError(`${format.name} is no text for a terminal: name a file with --out`);
        const columns = flags.fields === undefined ? undefined : selectColumns(flags.fields);
        const sort = flags.sort === undefined ? undefined : parseSort(flags.sort, RECORD_SORT_KEYS);
        const now = flags.now ?? new Date();
        const matching =
          flags.where === undefined ? undefined : await parseWhere(flags.where, 'endpoints', now);
        const inventory = openInventory(flags.db, { readOnly: true });
        const stopper = new AbortController();
        // What goes to standard output has gone; a file must not be left half written.
        const stopWatching = out === undefined ? () => undefined : watchSignals(stopper, STOPPING);
        try {
          const chunks = exportRecords(inventory, {
            format,
            query: {
              now,
              withOutcomes: flags.outcomes ?? false,
              ...(flags.run !== undefined && { run: await findRun(inventory, flags.run) }),
              ...(matching && { matching }),
              ...(sort && { sort }),
              ...(flags.limit !== undefined && { limit: flags.limit }),
            },
            options: {
              now,
              bom: flags.bom ?? false,
              ...(columns && { columns }),
              ...(isWhole(flags) && { trend: () => readTrend(inventory, now) }),
            },
            signal: stopper.signal,
          });
          if (out === undefined) await writeStream(process.stdout, chunks);
          else await writeFile(out, chunks);
        } catch (error) {
          if (error !== stopper.signal.reason || !stopper.signal.aborted) throw error;
          setExitCode(EXIT_CODES.interrupted);
        } finally {
          stopWatching();
          await inventory.close();
        }
      });
  },
};

/** Whether all that is known now is exported. */
function isWhole({ limit, run, where }: ExportFlags): boolean {
  return (limit ?? run ?? where) === undefined;
}
