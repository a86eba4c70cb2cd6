import { type Command, Option } from 'commander';
import { isAtLeast, listOpenFindings, SEVERITIES, type Severity } from '../../model/finding.js';
import { compareKeys, type KeyReport } from '../../scan/compare-keys.js';
import { openInventory } from '../../store/inventory.js';
import { DEFAULT_INVENTORY_PATH } from '../../store/open-database.js';
import { EXIT_CODES, type ExitCode } from '../exit-codes.js';
import { formatKeyReport } from '../print/key-report.js';
import { readJudgeContext } from '../read-judge-context.js';
import { watchSignals } from '../watch-signals.js';

interface KeysFlags {
  readonly db: string;
  readonly all?: boolean;
  readonly policy?: string;
  readonly json?: true;
  readonly failOn?: Severity;
}

/** `certsweep keys`: the keys of all certificates compared with each other. */
export const keysCommand = {
  register(program: Command, exit: (code: ExitCode) => void): void {
    program
      .command('keys')
      .description(
        'compare the keys of all certificates with each other: shared primes, shared keys, reused serial numbers',
      )
      .option('--db <file>', 'the inventory', DEFAULT_INVENTORY_PATH)
      .option('--all', 'compare all RSA keys again, those that were compared before too')
      .option('--policy <file>', 'severities and waivers (YAML)')
      .option('--json', 'write what was found as a JSON object')
      .addOption(
        new Option('--fail-on <severity>', 'exit with 1 when a finding is at or above this').choices([
          ...SEVERITIES,
        ]),
      )
      .addHelpText(
        'after',
        '\nWhat is found is saved with the certificates: list and export show it as shared-prime-key and shared-key.',
      )
      .action(async (flags: KeysFlags) => {
        exit(await runKeys(flags));
      });
  },
};

async function runKeys({ all = false, db, failOn, json, policy }: KeysFlags): Promise<ExitCode> {
  const now = new Date();
  const context = await readJudgeContext(
    { defaultTrust: false, ...(policy !== undefined && { policy }) },
    now,
  );
  const inventory = openInventory(db);
  const stopper = new AbortController();
  const stopWatching = watchSignals(stopper);
  try {
    const { signal } = stopper;
    const report = await compareKeys({ inventory, policy: context.policy, now, all, signal });
    process.stdout.write(json ? `${JSON.stringify(toJson(report), null, 2)}\n` : formatKeyReport(report));
    return failOn !== undefined && isBadEnough(report, failOn) ? EXIT_CODES.findings : EXIT_CODES.done;
  } catch (error) {
    if (!stopper.signal.aborted) throw error;
    process.stderr.write('certsweep: interrupted; nothing was changed\n');
    return EXIT_CODES.interrupted;
  } finally {
    stopWatching();
    await inventory.close();
  }
}

function toJson(report: KeyReport): Record<string, unknown> {
  return { ...report, unlisted: Object.fromEntries(report.unlisted) };
}

function isBadEnough({ sharedKeys, sharedPrimes }: KeyReport, failOn: Severity): boolean {
  return [...sharedPrimes, ...sharedKeys]
    .flat()
    .some(({ findings }) => listOpenFindings(findings).some(({ severity }) => isAtLeast(severity, failOn)));
}
