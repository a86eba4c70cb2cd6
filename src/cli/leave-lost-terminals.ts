import { closeSync } from 'node:fs';
import { isatty } from 'node:tty';

/** Standard input, output and error. */
const STANDARD_STREAMS = [0, 1, 2];

/**
 * Lets go of terminals that were closed while the process ran, before it ends. Node.js puts the settings of each terminal
 * back as it found them, and aborts the process, with a core dump, where that fails for want of the terminal (seen with
 * Node.js 20); streams that are closed it passes over.
 */
export function leaveLostTerminals(): void {
  const terminals = STANDARD_STREAMS.filter((stream) => isatty(stream));
  process.once('exit', () => {
    for (const stream of terminals) if (!isatty(stream)) closeSync(stream);
  });
}
