import { UsageError } from '../model/usage-error.js';
import { promptPassword } from './prompt-password.js';
import { readInput } from './read-input.js';

/** The options that say where a password is; it is never an argument itself, as all users of a machine see those. */
export interface PasswordFlags {
  readonly passwordFile?: string;
  readonly passwordEnv?: string;
}

/** Gives the password of a file; null: there is none to be had. */
export type PasswordSource = (file: string) => Promise<string | null>;

/** A terminal that can ask. */
export interface Terminal {
  readonly input: NodeJS.ReadStream;
  readonly output: NodeJS.WriteStream;
}

/** Nobody who could be asked. */
export const noPassword: PasswordSource = async () => null;

/**
 * Makes the source of passwords: a file (its first line), an environment variable, or the terminal, where there is one
 * and it is not read for something else. Throws a UsageError when both options are given or what they name is not there.
 */
export async function makePasswordSource(
  { passwordEnv, passwordFile }: PasswordFlags,
  env: Readonly<Record<string, string | undefined>>,
  terminal: Terminal | null,
): Promise<PasswordSource> {
  if (passwordEnv !== undefined && passwordFile !== undefined)
    throw new UsageError('--password-file and --password-env: give one of them');
  if (passwordEnv !== undefined) {
    const password = env[passwordEnv];
    if (password === undefined) throw new UsageError(`--password-env: there is no variable ${passwordEnv}`);
    return async () => password;
  }
  if (passwordFile !== undefined) {
    const text = (await readInput(passwordFile, 'password')).toString('utf8');
    const [line = ''] = text.split(/\r?\n/);
    return async () => line;
  }
  if (!terminal?.input.isTTY || !terminal.output.isTTY) return noPassword;
  const answers = new Map<string, string | null>();
  return async (file) => {
    // What is read again later is not asked for again.
    const known = answers.get(file);
    const answer = known ?? (await promptPassword(file, terminal.input, terminal.output));
    answers.set(file, answer);
    return answer;
  };
}
