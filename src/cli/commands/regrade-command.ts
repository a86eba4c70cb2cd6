import type { Command } from 'commander';
import type { Judge } from '../../grade/judge.js';
import { LETTERS, type Letter } from '../../model/grades.js';
import { type Judgement, STATUSES, type Status } from '../../model/judgement.js';
import type { ScanRun } from '../../model/scan-run.js';
import { fillIssuerIndex, makeIssuerIndex } from '../../scan/issuer-index.js';
import { type RegradeEnd, type RunToRegrade, regrade } from '../../scan/regrade.js';
import { createRunJudge } from '../../scan/run-judge.js';
import { type Inventory, openInventory } from '../../store/inventory.js';
import { DEFAULT_INVENTORY_PATH } from '../../store/open-database.js';
import { askPasswords } from '../ask-passwords.js';
import { EXIT_CODES, type ExitCode } from '../exit-codes.js';
import { findRun } from '../find-run.js';
import { type JudgeFlags, judgeInputOfRun } from '../judge-input-of-run.js';
import { moment } from '../options/moment.js';
import { namedFile } from '../options/named-file.js';
import { repeated } from '../options/repeated.js';
import type { PasswordFlags, PasswordSource } from '../password-source.js';
import { formatCounts } from '../print/counts.js';
import { escapeTerminal } from '../print/escape-terminal.js';
import { readJudgeContext } from '../read-judge-context.js';
import { watchSignals } from '../watch-signals.js';

interface RegradeFlags extends JudgeFlags, PasswordFlags {
  readonly db: string;
  readonly run?: string[];
  readonly now?: Date;
  readonly quiet?: true;
}

/** `certsweep regrade`: what the inventory holds, judged again without touching the network. */
export const regradeCommand = {
  register(program: Command, exit: (code: ExitCode) => void): void {
    program
      .command('regrade')
      .description(
        'judge stored observations again, by other rules or for another moment; opens no connection',
      )
      .option('--db <file>', 'the inventory', DEFAULT_INVENTORY_PATH)
      .option('--run <id>', 'one run, or last; repeatable (default: all runs)', repeated)
      .option(
        '--trust-store <name=file>',
        'CA certificates to trust besides those of the run and of Mozilla: a file, a folder, or "system"; repeatable',
        namedFile,
      )
      .option('--password-file <file>', 'the password of trust stores in PKCS#12: its first line')
      .option('--password-env <name>', 'the environment variable that holds this password')
      .option('--no-default-trust', 'do not trust the CAs of Mozilla')
      .option('--policy <file>', 'severities, thresholds and waivers (YAML; default: the policy of the run)')
      .option(
        '--weak-keys <file>',
        'RSA keys known to be weak besides those of the run, a line each; repeatable',
        repeated,
      )
      .option('--now <iso>', 'judge as of this moment (default: of the start of each run)', moment)
      .option('--quiet', 'no summary')
      .action(async (flags: RegradeFlags) => {
        exit(await runRegrade(flags));
      });
  },
};

async function runRegrade(flags: RegradeFlags): Promise<ExitCode> {
  const passwords = await askPasswords(flags);
  const inventory = openInventory(flags.db);
  const stopper = new AbortController();
  const stopWatching = watchSignals(stopper);
  const statuses = new Map<Status, number>(STATUSES.map((status) => [status, 0]));
  const letters = new Map<Letter, number>(LETTERS.map((letter) => [letter, 0]));
  const count = ({ grade, status }: Judgement) => {
    statuses.set(status, (statuses.get(status) ?? 0) + 1);
    const letter = LETTERS.find((each) => each === grade);
    if (letter !== undefined) letters.set(letter, (letters.get(letter) ?? 0) + 1);
  };
  try {
    const runs = await findRuns(inventory, flags.run);
    const end = await regrade({
      inventory,
      runs: await prepareRuns(inventory, runs, flags, passwords),
      signal: stopper.signal,
      regraded: ({ judgement }) => count(judgement),
      now: () => new Date(),
    });
    if (!flags.quiet) process.stdout.write(formatEnd(end, runs.length, statuses, letters));
    return complain(end);
  } finally {
    stopWatching();
    await inventory.close();
  }
}

async function findRuns(inventory: Inventory, wanted: readonly string[] | undefined): Promise<ScanRun[]> {
  const runs = await inventory.runs();
  if (wanted === undefined) return runs;
  const ids = new Set<string>();
  for (const each of wanted) ids.add(await findRun(inventory, each));
  return runs.filter(({ id }) => ids.has(id));
}

/** Makes sure that all that runs are judged by can be read; it is read again when their turn comes, to save memory. */
async function prepareRuns(
  inventory: Inventory,
  runs: readonly ScanRun[],
  flags: RegradeFlags,
  passwords: PasswordSource,
): Promise<RunToRegrade[]> {
  const intermediates = makeIssuerIndex();
  await fillIssuerIndex(intermediates, inventory);
  const read = new Set<string>();
  const prepared: RunToRegrade[] = [];
  let latest: { readonly key: string; readonly judge: Judge } | null = null;
  for (const run of runs) {
    const input = judgeInputOfRun(run, flags);
    const startedAt = new Date(run.startedAt);
    const moment = flags.now ?? startedAt;
    const inputKey = JSON.stringify(input);
    if (!read.has(inputKey)) await readJudgeContext(input, moment, passwords);
    read.add(inputKey);
    const key = `${moment.toISOString()} ${inputKey} ${JSON.stringify(run.definition.chains)}`;
    prepared.push({
      id: run.id,
      startedAt,
      moment,
      async makeJudge() {
        if (latest?.key !== key) {
          const context = await readJudgeContext(input, moment, passwords);
          latest = { key, judge: createRunJudge(run.definition, { ...context, intermediates }) };
        }
        return latest.judge;
      },
    });
  }
  return prepared;
}

function formatEnd(
  { changed, observations }: RegradeEnd,
  runs: number,
  statuses: ReadonlyMap<Status, number>,
  letters: ReadonlyMap<Letter, number>,
): string {
  const number = (value: number) => value.toLocaleString('en-US');
  const grades = formatCounts(letters);
  return [
    `Status    ${formatCounts(statuses)}`,
    ...(grades === '' ? [] : [`Grades    ${grades}`]),
    `Total     ${number(observations)} observations of ${number(runs)} ${runs === 1 ? 'run' : 'runs'} judged again, ${number(changed)} of them otherwise than before`,
    '',
  ].join('\n');
}

function complain({ faults, firstFault, interrupted }: RegradeEnd): ExitCode {
  if (firstFault !== null) {
    const text = `this is a fault of certsweep: ${faults} observations could not be judged and keep their judgement; the first: ${firstFault}`;
    process.stderr.write(`certsweep: ${text.split('\n').map(escapeTerminal).join('\n')}\n`);
  }
  if (interrupted) {
    process.stderr.write(
      'certsweep: interrupted; what was judged so far is saved, run it again for the rest\n',
    );
    return EXIT_CODES.interrupted;
  }
  return firstFault === null ? EXIT_CODES.done : EXIT_CODES.unfinished;
}
