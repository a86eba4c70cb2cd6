import type { ByteStream } from '../../src/probe/byte-stream.js';
import { ProbeFailure } from '../../src/probe/probe-failure.js';

/** A stream that hands out given chunks, one a fill, and then is closed; what is written is kept. */
export class MemoryStream implements ByteStream {
  readonly written: Buffer[] = [];
  #buffered = Buffer.alloc(0);
  readonly #chunks: Uint8Array[];

  constructor(chunks: readonly Uint8Array[]) {
    this.#chunks = [...chunks];
  }

  get buffered(): Buffer {
    return this.#buffered;
  }

  async fill(): Promise<void> {
    const chunk = this.#chunks.shift();
    if (chunk === undefined) throw new ProbeFailure('closed', 'starttls', 'closed', 'no more bytes');
    this.#buffered = Buffer.concat([this.#buffered, chunk]);
  }

  take(length: number): Buffer {
    const taken = Buffer.from(this.#buffered.subarray(0, length));
    this.#buffered = this.#buffered.subarray(taken.length);
    return taken;
  }

  write(bytes: Uint8Array): void {
    this.written.push(Buffer.from(bytes));
  }
}
