/*
 * Why not all commands: together they are some nine hundred modules, of which most calls need half. Loading the others
 * would take a third of a second and twenty megabytes that a scan has better uses for.
 */
import { existsSync } from 'node:fs';
import type { CommandModule } from './command-module.js';

const NAME = /^[a-z]+$/;

/** What they ask for, the program knows without any command. */
const VERSION_FLAGS: ReadonlySet<string> = new Set(['-V', '--version']);

/** Loads what the arguments need: the command that they name, else, as for help or a slip of the pen, all. */
export async function loadCommands(args: readonly string[]): Promise<readonly CommandModule[]> {
  const [name = ''] = args;
  if (VERSION_FLAGS.has(name)) return [];
  const file = new URL(`./commands/${name}-command.js`, import.meta.url);
  const isCommand = NAME.test(name) && existsSync(file);
  const found: Readonly<Record<string, CommandModule>> = isCommand
    ? await import(file.href)
    : await import('./commands/index.js');
  return Object.values(found);
}
