import { spawn } from 'node:child_process';

/** The slowest of the tools takes half a minute for a server on an idle machine. */
const TOOL_TIMEOUT_MS = 150_000;

/**
 * Runs a program to its end with nothing to read, and tells what it wrote to standard output and error. How it ends is of
 * no interest: tools fail when a server refuses them, which is an answer. Rejects when it does not end in time.
 */
export function runTool(file: string, args: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      reject(new Error(`${file} ${args.join(' ')} did not end in ${TOOL_TIMEOUT_MS} ms:\n${said}`));
    }, TOOL_TIMEOUT_MS);
    const hear = (bytes: Buffer) => {
      said += bytes.toString('latin1');
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.once('error', reject);
    child.once('close', () => {
      clearTimeout(timer);
      resolve(said);
    });
  });
}
