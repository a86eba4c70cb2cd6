import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout } from 'node:timers/promises';

/** Databases take seconds to start, on a busy machine more. */
const START_TIMEOUT_MS = 60_000;

/** Often enough to lose no time, seldom enough for servers that count connections. */
const POLL_INTERVAL_MS = 100;

/** After this, whoever has not stopped when asked to is killed. */
const STOP_TIMEOUT_MS = 5_000;

/** Enough of the end of a log to see why a server failed. */
const MAX_SAID_LENGTH = 16_384;

/** One program in the foreground, with whatever it starts, in a process group of its own. */
export class ServerProcess {
  readonly #child: ChildProcess;
  readonly #ended: Promise<void>;
  readonly #name: string;
  #said = '';
  #hasEnded = false;

  constructor(
    [command, ...args]: readonly [string, ...string[]],
    options: { readonly folder: string; readonly environment: NodeJS.ProcessEnv },
  ) {
    this.#name = [command, ...args].join(' ');
    // Standard input stays open: some programs end with it.
    this.#child = spawn(command, args, {
      cwd: options.folder,
      env: options.environment,
      detached: true,
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    this.#ended = new Promise((resolve) => {
      const end = (why: string) => {
        this.#hasEnded = true;
        this.#hear(why);
        resolve();
      };
      this.#child.once('error', (error) => end(`${error}`));
      this.#child.once('exit', (code, signal) => end(`ended with ${signal ?? code}`));
    });
    this.#child.stdout?.on('data', (bytes) => this.#hear(`${bytes}`));
    this.#child.stderr?.on('data', (bytes) => this.#hear(`${bytes}`));
  }

  /** What it wrote to its standard output and error, the end of it. */
  get said(): string {
    return this.#said;
  }

  #hear(text: string): void {
    this.#said = (this.#said + text).slice(-MAX_SAID_LENGTH);
  }

  /** Waits until something listens on a port of loopback; rejects when the program ends before. */
  async awaitPort(port: number): Promise<void> {
    const deadline = performance.now() + START_TIMEOUT_MS;
    while (!(await isListening(port))) {
      if (this.#hasEnded) throw new Error(`${this.#name} ended:\n${this.#said}`);
      if (performance.now() > deadline)
        throw new Error(`${this.#name} does not listen on port ${port}:\n${this.#said}`);
      await Promise.race([this.#ended, setTimeout(POLL_INTERVAL_MS)]);
    }
  }

  /** Asks the program to end, kills what is left of its process group, and waits for the end. */
  async stop(): Promise<void> {
    const { pid } = this.#child;
    if (pid === undefined) return;
    if (!this.#hasEnded) {
      this.#child.kill('SIGTERM');
      await Promise.race([this.#ended, setTimeout(STOP_TIMEOUT_MS, null, { ref: false })]);
    }
    killGroup(pid);
    await this.#ended;
  }
}

function killGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch (error) {
    // ESRCH: the group has ended as a whole, which is what was wanted.
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}

async function isListening(port: number): Promise<boolean> {
  const socket = connect({ host: '127.0.0.1', port });
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}
