import { Command, CommanderError } from 'commander';
import { UsageError } from '../model/usage-error.js';
import { ReportError } from '../report/report-error.js';
import { InventoryError } from '../store/inventory-error.js';
import type { CommandModule } from './command-module.js';
import { EXIT_CODES, type ExitCode } from './exit-codes.js';
import { escapeTerminal } from './print/escape-terminal.js';
import { watchOutput } from './print/watch-output.js';
import { readVersion } from './version.js';

/** Runs certsweep with the arguments and commands given and says how the process shall end. Prints; never throws. */
export async function runCommandLine(
  args: readonly string[],
  commands: readonly CommandModule[],
): Promise<ExitCode> {
  let exitCode: ExitCode = EXIT_CODES.done;
  const program = new Command('certsweep')
    .description(
      'Finds every TLS certificate on a network, says what is wrong with each and how to mend it, and keeps the inventory true over time.',
    )
    .version(readVersion(), '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print help')
    .helpCommand('help [command]', 'print help for a command')
    .configureHelp({ helpWidth: 110, showGlobalOptions: false })
    .showSuggestionAfterError(true)
    .configureOutput({
      outputError: (text, write) => write(`certsweep: ${text.replace(/^error: /, '')}`),
    })
    .exitOverride()
    .addHelpText(
      'after',
      '\nExit codes: 0 done, 1 a finding at or above --fail-on, 2 wrong usage (nothing was started),\n3 could not finish (what was learned is saved), 130 interrupted (saved).',
    );
  for (const command of commands) {
    command.register(program, (code) => {
      exitCode = code;
    });
  }
  const output = watchOutput(process.stdout, process.stderr);
  try {
    await program.parseAsync([...args], { from: 'user' });
    await output.settled();
    if (output.fault === null) return exitCode;
    return complain(`cannot write to standard output: ${output.fault.message}`, EXIT_CODES.unfinished);
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT_CODES.done : EXIT_CODES.usage;
    if (error instanceof UsageError) return complain(error.message, EXIT_CODES.usage);
    if (error instanceof InventoryError || error instanceof ReportError)
      return complain(error.message, EXIT_CODES.unfinished);
    return complain(
      `this is a fault of certsweep: ${error instanceof Error ? error.stack : String(error)}`,
      EXIT_CODES.unfinished,
    );
  }
}

function complain(message: string, code: ExitCode): ExitCode {
  process.stderr.write(`certsweep: ${message.split('\n').map(escapeTerminal).join('\n')}\n`);
  return code;
}
