import type { ByteStream } from './byte-stream.js';
import { FIRST_WORDS_BYTES } from './greeted-stream.js';

/**
 * How long a server that should speak first may be silent before we look whether it waits for TLS: servers greet at once
 * unless they mean to be slow, and half of a short deadline is left for the answer.
 */
export const SILENCE_MS = 2000;

/** A stream during a plain-text dialog: keeps what the peer said first, and tells when it says nothing. */
export class PlainTextStream implements ByteStream {
  readonly #inner: ByteStream;
  readonly #onSilence: (() => void) | undefined;
  #words: Buffer = Buffer.alloc(0);
  /** Bytes at the head of what is buffered that were heard. */
  #heard = 0;
  #hasSpoken = false;

  /** `onSilence` is called at most once, when SILENCE_MS pass in which neither side says a word. */
  constructor(inner: ByteStream, onSilence?: () => void) {
    this.#inner = inner;
    this.#onSilence = onSilence;
  }

  /** What the peer said first. */
  get firstWords(): Buffer {
    return this.#words;
  }

  get buffered(): Buffer {
    return this.#inner.buffered;
  }

  async fill(): Promise<void> {
    const isUntouched = !this.#hasSpoken && this.#heard === 0 && this.#words.length === 0;
    const timer =
      isUntouched && this.#onSilence !== undefined ? setTimeout(this.#onSilence, SILENCE_MS) : undefined;
    try {
      await this.#inner.fill();
    } finally {
      clearTimeout(timer);
    }
    this.#hear();
  }

  take(length: number): Buffer {
    this.#hear();
    const taken = this.#inner.take(length);
    this.#heard -= taken.length;
    return taken;
  }

  write(bytes: Uint8Array): void {
    this.#hasSpoken = true;
    this.#inner.write(bytes);
  }

  #hear(): void {
    const { buffered } = this.#inner;
    const missing = FIRST_WORDS_BYTES - this.#words.length;
    if (missing > 0 && buffered.length > this.#heard)
      this.#words = Buffer.concat([this.#words, buffered.subarray(this.#heard, this.#heard + missing)]);
    this.#heard = buffered.length;
  }
}
