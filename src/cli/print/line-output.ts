import { once } from 'node:events';

/** Lines to a stream that may be slow or go away. */
export class LineOutput {
  readonly #stream: NodeJS.WriteStream;
  #isFull = false;
  #isGone = false;

  /** `gone` is called once, when the reader has closed its end. */
  constructor(stream: NodeJS.WriteStream, gone: () => void) {
    this.#stream = stream;
    stream.on('error', () => {
      if (this.#isGone) return;
      this.#isGone = true;
      gone();
    });
  }

  /** Writes one line; what the stream cannot take yet waits in memory until `drained`. */
  write(line: string): void {
    if (!this.#isGone) this.#isFull = !this.#stream.write(`${line}\n`);
  }

  /** Waits until the reader has caught up. */
  async drained(): Promise<void> {
    if (!this.#isFull || this.#isGone) return;
    await Promise.race([once(this.#stream, 'drain'), once(this.#stream, 'close')]);
    this.#isFull = false;
  }
}
