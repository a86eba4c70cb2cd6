const NOTHING = Buffer.alloc(0);

/** Smaller buffers would be outgrown by the first flight of any server. */
const FIRST_SIZE = 4096;

/** Bytes waiting to be taken; grows by doubling, so that single bytes cost no copy of the whole for each. */
export class ByteQueue {
  #bytes = NOTHING;
  #start = 0;
  #end = 0;

  /** What waits: a view, valid until the next `take` or `append`. */
  get waiting(): Buffer {
    return this.#bytes.subarray(this.#start, this.#end);
  }

  /** Puts bytes at the end. */
  append(chunk: Uint8Array): void {
    const { waiting } = this;
    if (this.#end + chunk.length > this.#bytes.length) {
      const needed = waiting.length + chunk.length;
      const target =
        needed > this.#bytes.length / 2 ? Buffer.allocUnsafe(Math.max(FIRST_SIZE, 2 * needed)) : this.#bytes;
      waiting.copy(target);
      this.#bytes = target;
      this.#start = 0;
      this.#end = waiting.length;
    }
    this.#bytes.set(chunk, this.#end);
    this.#end += chunk.length;
  }

  /** Removes and returns a copy of the first `length` bytes, or of all when there are fewer. */
  take(length: number): Buffer {
    const taken = Buffer.from(this.waiting.subarray(0, length));
    this.#start += taken.length;
    return taken;
  }
}
