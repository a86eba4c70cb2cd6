import net from 'node:net';
import type { Stage } from '../model/failure.js';
import type { Budget } from './budget.js';
import type { ByteStream } from './byte-stream.js';
import { LOCAL_LIMITS } from './is-local-limit.js';
import { onAbort } from './on-abort.js';
import { ProbeFailure } from './probe-failure.js';
import { readSleptTime, watchSleptTime } from './slept-time.js';
import { type Stopwatch, startStopwatch } from './stopwatch.js';

/** Where to connect, and what the connection may cost. */
export interface ConnectOptions {
  readonly address: string;
  readonly port: number;
  readonly budget: Budget;
  readonly signal?: AbortSignal | undefined;
  /**
   * Told of the address and the milliseconds from the connect to its first answer, be it yes or no; not told where this
   * process was too busy to measure them.
   */
  readonly connected?: ((address: string, ms: number) => void) | undefined;
}

/** Who waits for a connection to come about. */
interface Opening {
  readonly resolve: (connection: Connection) => void;
  readonly reject: (failure: ProbeFailure) => void;
}

/**
 * One buffer that the kernel fills for every socket in turn: what arrives is copied out before the callback returns.
 * Without it each socket would hold 64 KiB of its own, which at some thousand connections is most of the memory.
 */
const READ_BUFFER = Buffer.allocUnsafe(64 * 1024);

const NOTHING = Buffer.alloc(0);

/** Errno names of a connect that the other side answered with a reset, which takes one round trip as a yes does. */
const ANSWERS = new Set(['ECONNREFUSED', 'ECONNRESET']);

/** No system connects from a port below, so none can be connected to itself there; asking costs a system call. */
const FIRST_LOCAL_PORT = 1024;

/**
 * An open TCP connection as a bounded byte stream. Whoever made it must `close()` it.
 *
 * Thousands of them wait for silent addresses at a time, so until one is open it holds little besides its socket: no
 * function that awaits it, and few closures.
 */
export class Connection implements ByteStream {
  /** The step that the probe is at: names the stage of a failure. */
  stage: Stage = 'connect';
  readonly #socket: net.Socket;
  readonly #budget: Budget;
  readonly #address: string;
  readonly #port: number;
  readonly #forgetSignal: (() => void) | undefined;
  readonly #forgetSleep = watchSleptTime();
  readonly #tellConnected: ((address: string, ms: number) => void) | undefined;
  readonly #stopwatch: Stopwatch | undefined;
  #timer: NodeJS.Timeout | undefined;
  #lastChance: NodeJS.Immediate | undefined;
  #bytes = NOTHING;
  #start = 0;
  #end = 0;
  #failure: ProbeFailure | null = null;
  #opening: Opening | null;
  #waiting: { resolve: () => void; reject: (failure: ProbeFailure) => void } | null = null;

  private constructor(options: ConnectOptions, connectMs: number, opening: Opening) {
    this.#opening = opening;
    this.#budget = options.budget;
    this.#address = options.address;
    this.#port = options.port;
    this.#forgetSignal = options.signal && onAbort(options.signal, () => this.#fail(cancelled(this.stage)));
    this.#tellConnected = options.connected;
    this.#stopwatch = options.connected && startStopwatch();
    this.#socket = net.connect({
      host: options.address,
      port: options.port,
      noDelay: true,
      autoSelectFamily: false,
      onread: {
        buffer: READ_BUFFER,
        callback: (length, buffer) => this.#receive(buffer.subarray(0, length)),
      },
    });
    this.#socket.on('connect', () => this.#begin());
    this.#socket.on('error', (error: NodeJS.ErrnoException) => {
      if (this.stage === 'connect' && ANSWERS.has(error.code ?? '')) this.#tell();
      this.#fail(this.#explain(error));
    });
    this.#socket.on('end', () =>
      this.#fail(new ProbeFailure('closed', this.stage, 'closed', 'the peer closed the connection')),
    );
    this.#socket.on('close', () => {
      // Most connections are closed by us when all is done; a failure, with its stack, is not made for those.
      if (this.#waiting || this.#opening) this.#fail(this.#closed());
    });
    this.#startTimer(connectMs);
  }

  /** Connects; throws ProbeFailure with outcome refused, unreachable, connect-timeout, reset, cancelled or internal. */
  static open(options: ConnectOptions): Promise<Connection> {
    const { budget, signal } = options;
    if (!net.isIP(options.address)) {
      return Promise.reject(new TypeError(`not an address: ${options.address}`));
    }
    if (signal?.aborted) return Promise.reject(cancelled('connect'));
    const connectMs = Math.min(budget.limits.connectTimeoutMs, budget.remainingMs);
    if (connectMs === 0) return Promise.reject(budget.timeoutFailure('connect'));
    return new Promise((resolve, reject) => {
      new Connection(options, connectMs, { resolve, reject });
    });
  }

  get buffered(): Buffer {
    return this.#bytes.subarray(this.#start, this.#end);
  }

  fill(): Promise<void> {
    if (this.#failure) return Promise.reject(this.#failure);
    if (this.#socket.destroyed) return Promise.reject(this.#closed());
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject };
    });
  }

  take(length: number): Buffer {
    const taken = Buffer.from(this.#bytes.subarray(this.#start, Math.min(this.#end, this.#start + length)));
    this.#start += taken.length;
    return taken;
  }

  write(bytes: Uint8Array): void {
    if (!this.#failure) this.#socket.write(bytes);
  }

  /** Ends the connection at once and lets go of everything. */
  close(): void {
    this.#stopTimer();
    this.#forgetSignal?.();
    this.#forgetSleep();
    this.#stopwatch?.stop();
    this.#socket.destroy();
    this.#bytes = NOTHING;
    this.#start = this.#end = 0;
  }

  #begin(): void {
    this.#tell();
    if (this.#isConnectedToItself()) {
      this.#fail(refused());
      return;
    }
    const opening = this.#opening;
    this.#opening = null;
    this.stage = 'handshake';
    this.#startTimer(this.#budget.remainingMs);
    opening?.resolve(this);
  }

  #tell(): void {
    const ms = this.#stopwatch?.stop() ?? null;
    if (ms !== null) this.#tellConnected?.(this.#address, ms);
  }

  /**
   * Fails the connection after a time. When this process was busy for longer than that, timers run before what has
   * arrived in the meantime is read, and the peer would be blamed for our delay: so what lies waiting is read first, and
   * time that the process has slept does not count.
   */
  #startTimer(ms: number, wholeMs = ms): void {
    this.#stopTimer();
    const startedAt = performance.now();
    const sleptBefore = readSleptTime();
    this.#timer = setTimeout(() => {
      const sleptMs = readSleptTime() - sleptBefore;
      const leftMs = ms - (performance.now() - startedAt - sleptMs);
      if (sleptMs > 0 && leftMs > 0) return this.#startTimer(leftMs, wholeMs);
      this.#lastChance = setImmediate(() => this.#fail(this.#timeoutFailure(wholeMs)));
    }, ms);
  }

  #timeoutFailure(ms: number): ProbeFailure {
    if (this.#opening === null) return this.#budget.timeoutFailure(this.stage);
    return new ProbeFailure('connect-timeout', 'connect', 'timeout', `no answer within ${Math.round(ms)} ms`);
  }

  #stopTimer(): void {
    clearTimeout(this.#timer);
    clearImmediate(this.#lastChance);
  }

  /**
   * A connect to a closed port of this machine can hit the very port that it was given to connect from, and TCP then
   * joins the socket to itself (RFC 9293, section 3.5, simultaneous open).
   */
  #isConnectedToItself(): boolean {
    return (
      this.#port >= FIRST_LOCAL_PORT &&
      this.#socket.localPort === this.#port &&
      this.#socket.localAddress === this.#address
    );
  }

  #receive(chunk: Uint8Array): boolean {
    if (this.#failure) return false;
    if (!this.#budget.spendBytes(chunk.length)) {
      this.#fail(
        new ProbeFailure('too-large', this.stage, 'too-large', 'the peer sent more than a probe takes in'),
      );
      return false;
    }
    this.#append(chunk);
    this.#wake();
    return true;
  }

  /** Grows by doubling, so that a peer who sends single bytes cannot make us copy the whole for each. */
  #append(chunk: Uint8Array): void {
    const length = this.#end - this.#start;
    if (this.#end + chunk.length > this.#bytes.length) {
      const room =
        length + chunk.length > this.#bytes.length / 2 ? Math.max(4096, 2 * (length + chunk.length)) : 0;
      const target = room === 0 ? this.#bytes : Buffer.allocUnsafe(room);
      this.#bytes.copy(target, 0, this.#start, this.#end);
      this.#bytes = target;
      this.#start = 0;
      this.#end = length;
    }
    this.#bytes.set(chunk, this.#end);
    this.#end += chunk.length;
  }

  #wake(): void {
    const waiting = this.#waiting;
    this.#waiting = null;
    waiting?.resolve();
  }

  #fail(failure: ProbeFailure): void {
    if (this.#failure) return;
    this.#failure = failure;
    this.#stopTimer();
    this.#stopwatch?.stop();
    this.#socket.destroy();
    const opening = this.#opening;
    const waiting = this.#waiting;
    this.#opening = this.#waiting = null;
    // Nobody has been given it who could close it.
    if (opening) this.close();
    opening?.reject(failure);
    waiting?.reject(failure);
  }

  #closed(): ProbeFailure {
    return new ProbeFailure('closed', this.stage, 'closed', 'the connection is closed');
  }

  #explain(error: NodeJS.ErrnoException): ProbeFailure {
    const code = error.code ?? error.name;
    const stage = this.stage;
    // For IPv6 it may just as well mean that this machine has no IPv6.
    const isAmbiguous = code === 'EADDRNOTAVAIL' && !net.isIPv4(this.#address);
    if (LOCAL_LIMITS.has(code) && !isAmbiguous)
      return new ProbeFailure('internal', stage, code, `this machine is at a limit: ${code}`);
    if (stage !== 'connect') return new ProbeFailure('reset', stage, code, `the connection broke: ${code}`);
    switch (code) {
      case 'ECONNREFUSED':
        return refused();
      case 'ECONNRESET':
        return new ProbeFailure('reset', stage, code, 'the peer reset the connection');
      case 'ETIMEDOUT':
        return new ProbeFailure(
          'connect-timeout',
          stage,
          code,
          'no answer within the time of the operating system',
        );
      default:
        return new ProbeFailure('unreachable', stage, code, `the address cannot be reached: ${code}`);
    }
  }
}

function cancelled(stage: Stage): ProbeFailure {
  return new ProbeFailure('cancelled', stage, 'cancelled', 'the scan was stopped');
}

function refused(): ProbeFailure {
  return new ProbeFailure('refused', 'connect', 'ECONNREFUSED', 'the port is closed');
}
