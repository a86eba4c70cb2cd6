import { readSync } from 'node:fs';
import type { RowRun } from './row-run.js';

/** Bytes of each run in memory: of a hundred runs, a few megabytes. */
const READ_BYTES = 64 * 1024;

/** Bytes handed over at once. */
const PIECE_BYTES = 512 * 1024;

/** Puts the rows of runs back into order, piece by piece; each of the places from 0 on is in one run. */
export function* mergeRuns(runs: readonly RowRun[]): Generator<Buffer<ArrayBuffer>> {
  const count = runs.reduce((sum, { places }) => sum + places.length, 0);
  const runOf = new Uint16Array(count);
  const sizes = new Uint32Array(count);
  for (const [index, run] of runs.entries())
    for (let at = 0; at < run.places.length; at += 1) {
      const place = run.places[at] ?? 0;
      runOf[place] = index;
      sizes[place] = run.sizes[at] ?? 0;
    }
  const readers = runs.map((run) => new RunReader(run));
  let from = 0;
  while (from < count) {
    let to = from;
    let length = 0;
    for (; to < count && (length < PIECE_BYTES || to === from); to += 1) length += sizes[to] ?? 0;
    const piece = Buffer.allocUnsafeSlow(length);
    let at = 0;
    for (; from < to; from += 1) {
      const size = sizes[from] ?? 0;
      readers[runOf[from] ?? 0]?.copy(piece, at, size);
      at += size;
    }
    yield piece;
  }
}

/** Reads a run from its beginning to its end. */
class RunReader {
  readonly #file: number;
  #position: number;
  #left: number;
  readonly #buffer: Buffer;
  #from = 0;
  #to = 0;

  constructor({ file, sizes, start }: RowRun) {
    this.#file = file;
    this.#position = start;
    this.#left = sizes.reduce((sum, size) => sum + size, 0);
    this.#buffer = Buffer.allocUnsafeSlow(Math.min(READ_BYTES, this.#left));
  }

  /** Copies the next bytes. */
  copy(target: Buffer, start: number, size: number): void {
    for (let done = 0; done < size; ) {
      if (this.#from === this.#to) this.#fill();
      const some = Math.min(size - done, this.#to - this.#from);
      this.#buffer.copy(target, start + done, this.#from, this.#from + some);
      this.#from += some;
      done += some;
    }
  }

  #fill(): void {
    const wanted = Math.min(this.#buffer.length, this.#left);
    this.#from = 0;
    this.#to = readSync(this.#file, this.#buffer, 0, wanted, this.#position);
    if (this.#to === 0) throw new Error('a temporary file was cut short');
    this.#position += this.#to;
    this.#left -= this.#to;
  }
}
