import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));

/** How one call of the command line ended. */
export interface CliResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** How to call it. */
export interface CliOptions {
  readonly input?: string;
  readonly cwd?: string;
  /** Called with the process once it runs. */
  readonly started?: (child: ChildProcess) => void;
  /** Called with all of standard error so far, whenever more comes. */
  readonly onStderr?: (text: string, child: ChildProcess) => void;
  /** Called with all of standard output so far, whenever more comes. */
  readonly onStdout?: (text: string, child: ChildProcess) => void;
}

/** Runs certsweep as it was built in a process of its own, as a user would. */
export function runCli(args: readonly string[], options: CliOptions = {}): Promise<CliResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [MAIN, ...args], { cwd: options.cwd });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
      options.onStdout?.(stdout, child);
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
      options.onStderr?.(stderr, child);
    });
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, stdout, stderr }));
    child.stdin.end(options.input ?? '');
    options.started?.(child);
  });
}
