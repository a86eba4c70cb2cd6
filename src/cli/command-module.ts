import type { Command } from 'commander';
import type { ExitCode } from './exit-codes.js';

/** One command of the program. */
export interface CommandModule {
  /** Adds the command to the program; its action tells how the process shall end when that is not with 0. */
  register(program: Command, exit: (code: ExitCode) => void): void;
}
