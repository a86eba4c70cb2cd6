import { WINDOW_ROWS } from './row-window.js';

/** The first rows shall be there soon, and how long they are is not known before. */
const FIRST_ROWS = 2048;

/** Text that a window should come to: with two threads, some ten megabytes are on their way. */
const MEANT_BYTES = 4 * 1024 * 1024;

/** Less than this would read all over the file again. */
const LEAST_ROWS = 512;

/** How many rows to write at once, as told by the length of those that were written. */
export class WindowSize {
  #rows = 0;
  #bytes = 0;

  /** Rows of the next window. */
  get rows(): number {
    if (this.#bytes === 0) return FIRST_ROWS;
    const meant = Math.floor((MEANT_BYTES * this.#rows) / this.#bytes);
    return Math.min(WINDOW_ROWS, Math.max(LEAST_ROWS, meant));
  }

  /** Hears what some rows came to. */
  note(rows: number, bytes: number): void {
    this.#rows += rows;
    this.#bytes += bytes;
  }
}
