import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** The program under test: what was built last, or what the environment names. */
export const PROGRAM: string =
  process.env.CERTSWEEP_PROGRAM ?? fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));

/** How a process ended, and what it had printed by then. */
export interface ProgramEnd {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** What a started process has printed so far. */
export interface ProgramOutput {
  readonly stdout: string;
  readonly stderr: string;
  /** Lines on standard output. */
  readonly lines: number;
}

/** The program at work. */
export interface RunningProgram {
  readonly child: ChildProcess;
  readonly ended: Promise<ProgramEnd>;
  /** Waits until what was printed is as wanted; false: the process ended before. */
  until(isWanted: (output: ProgramOutput) => boolean): Promise<boolean>;
}

/** How to start it. */
export interface ProgramOptions {
  /** Variables added to the environment. */
  readonly env?: Readonly<Record<string, string>>;
  /** Commands that start it, such as `sh -c 'ulimit -n 64; exec "$@"' sh`; the program follows them. */
  readonly before?: readonly string[];
}

/** Starts certsweep in a process of its own. */
export function startProgram(args: readonly string[], options: ProgramOptions = {}): RunningProgram {
  const [command = '', ...rest] = [...(options.before ?? []), process.execPath, PROGRAM, ...args];
  const child = spawn(command, rest, {
    env: { ...process.env, ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output = { stdout: '', stderr: '', lines: 0 };
  const listeners = new Set<() => void>();
  let isOver = false;
  const changed = () => {
    for (const listener of [...listeners]) listener();
  };
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output.stdout += text;
    output.lines += text.split('\n').length - 1;
    changed();
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    output.stderr += text;
    changed();
  });
  const ended = new Promise<ProgramEnd>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => {
      isOver = true;
      changed();
      resolve({ code, signal, stdout: output.stdout, stderr: output.stderr });
    });
  });
  return {
    child,
    ended,
    until: (isWanted) =>
      new Promise((resolve) => {
        const look = () => {
          const isThere = isWanted(output);
          if (!isThere && !isOver) return;
          listeners.delete(look);
          resolve(isThere);
        };
        listeners.add(look);
        look();
      }),
  };
}

/** Runs certsweep to its end. */
export function runProgram(args: readonly string[], options?: ProgramOptions): Promise<ProgramEnd> {
  return startProgram(args, options).ended;
}
