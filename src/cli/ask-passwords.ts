import { makePasswordSource, type PasswordFlags, type PasswordSource } from './password-source.js';

/** Makes the source of passwords of this process: its options, its environment, or the terminal that it runs in. */
export function askPasswords(flags: PasswordFlags, isInputTaken = false): Promise<PasswordSource> {
  const { env, stderr: output, stdin: input } = process;
  return makePasswordSource(flags, env, isInputTaken ? null : { input, output });
}
