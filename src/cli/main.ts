#!/usr/bin/env node
import { setFlagsFromString } from 'node:v8';
import { EXIT_CODES } from './exit-codes.js';
import { leaveLostTerminals } from './leave-lost-terminals.js';
import { describeStartFailure } from './start-failure.js';

// Each probe leaves a few kilobytes of socket behind. Left to itself the collector lets the heap grow to several times
// of what is alive before it cleans up: with this a scan of any size keeps to some 200 MB, and with 5,000 silent endpoints in
// flight to some 220, for a tenth more of its time.
setFlagsFromString('--heap-growing-percent=20');

// Loading modules makes much that dies at once, for which the young generation would grow and stay as large for good:
// twenty megabytes. Afterwards it grows as it is needed.
setFlagsFromString('--semi-space-growth-factor=1');
const args = process.argv.slice(2);
const { commands, runCommandLine } = await load().catch((error: unknown) => {
  const reason = describeStartFailure(error);
  if (reason === null) throw error;
  process.stderr.write(`certsweep: ${reason}\n`);
  return process.exit(EXIT_CODES.unfinished);
});
setFlagsFromString('--semi-space-growth-factor=2');

leaveLostTerminals();
process.exitCode = await runCommandLine(args, commands);

async function load() {
  const [{ loadCommands }, { runCommandLine }] = await Promise.all([
    import('./load-commands.js'),
    import('./run-command-line.js'),
  ]);
  return { commands: await loadCommands(args), runCommandLine };
}
