import type { ByteStream } from '../../../src/probe/byte-stream.js';

/** A stream that keeps a copy of all that is taken from it. */
export class RecordingStream implements ByteStream {
  readonly taken: Buffer[] = [];
  readonly #stream: ByteStream;

  constructor(stream: ByteStream) {
    this.#stream = stream;
  }

  get buffered(): Buffer {
    return this.#stream.buffered;
  }

  fill(): Promise<void> {
    return this.#stream.fill();
  }

  take(length: number): Buffer {
    const taken = this.#stream.take(length);
    this.taken.push(taken);
    return taken;
  }

  write(bytes: Uint8Array): void {
    this.#stream.write(bytes);
  }
}
