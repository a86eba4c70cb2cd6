import { awaitBytes } from './await-bytes.js';
import type { ByteStream } from './byte-stream.js';
import { recogniseGreeting } from './dialog/recognise-greeting.js';
import { ProbeFailure } from './probe-failure.js';

/** What is kept of words that are no TLS: as much as recognising them looks at. */
export const FIRST_WORDS_BYTES = 512;

/** Once a greeting has begun the rest of its first line follows at once; whoever takes longer has said enough. */
const LINE_MS = 1000;

/** Binary protocols are told by less than this, or not at all. */
const BINARY_BYTES = 16;

const LINE_FEED = 0x0a;

/** Content types of TLS records run from 20 to 23, and the major version of all of them is 3. */
const FIRST_RECORD_TYPE = 0x14;
const LAST_RECORD_TYPE = 0x17;
const MAJOR_VERSION = 3;

/**
 * A stream on which TLS is expected, while the peer may well say something else: words are then awaited whole before the
 * reader sees them, and kept. What is TLS passes through untouched.
 */
export class GreetedStream implements ByteStream {
  /** What the peer said first, when it was no TLS. */
  firstWords: Buffer = Buffer.alloc(0);
  readonly #inner: ByteStream;
  readonly #hangUp: () => void;
  #isDecided = false;

  constructor(inner: ByteStream, hangUp: () => void) {
    this.#inner = inner;
    this.#hangUp = hangUp;
  }

  get buffered(): Buffer {
    return this.#inner.buffered;
  }

  fill(): Promise<void> {
    return this.#isDecided ? this.#inner.fill() : this.#fillFirst();
  }

  take(length: number): Buffer {
    return this.#inner.take(length);
  }

  write(bytes: Uint8Array): void {
    this.#inner.write(bytes);
  }

  close(): void {
    this.#hangUp();
  }

  /** Looks at what has arrived, and waits for the rest when it is the beginning of words. */
  async settle(): Promise<void> {
    const inner = this.#inner;
    if (!isRecord(inner.buffered)) {
      await awaitLine(inner);
      this.firstWords = Buffer.from(inner.buffered.subarray(0, FIRST_WORDS_BYTES));
    }
    this.#isDecided = inner.buffered.length > 1;
  }

  async #fillFirst(): Promise<void> {
    await this.#inner.fill();
    await this.settle();
  }
}

/** Whether this may be the beginning of a TLS record. */
function isRecord([type = 0, major = MAJOR_VERSION]: Buffer): boolean {
  return type >= FIRST_RECORD_TYPE && type <= LAST_RECORD_TYPE && major === MAJOR_VERSION;
}

async function awaitLine(stream: ByteStream): Promise<void> {
  const lateAt = performance.now() + LINE_MS;
  while (!isWhole(stream.buffered)) {
    const leftMs = lateAt - performance.now();
    if (leftMs <= 0) return;
    try {
      if (!(await awaitBytes(stream, leftMs))) return;
    } catch (failure) {
      // The peer is done: what came so far has to do. Only a stopped scan goes before that.
      if (failure instanceof ProbeFailure && failure.outcome !== 'cancelled') return;
      throw failure;
    }
  }
}

function isWhole(words: Buffer): boolean {
  if (words.length >= FIRST_WORDS_BYTES || words.includes(LINE_FEED)) return true;
  if (words.every((byte) => byte >= 0x20 && byte < 0x7f)) return false;
  return words.length >= BINARY_BYTES || recogniseGreeting(words) !== null;
}
