import { WINDOW_ROWS } from './row-window.js';

/** The first rows shall be there soon, and how long they are is not known before. */
const FIRST_ROWS = 2048;

/** Less than this would read all over the file again. */
const LEAST_ROWS = 512;

/** What rows that are written at once should come to. */
export interface WindowMeasure {
  /** Bytes of text. */
  readonly meantBytes: number;
  readonly mostRows: number;
}

/** For what is in memory until it is there: small beside what the program takes anyway. */
export const IN_MEMORY: WindowMeasure = { meantBytes: 4 * 1024 * 1024, mostRows: WINDOW_ROWS };

/** For a run that a file takes at once: more would not lie together any better, and each thread holds one. */
export const IN_RUNS: WindowMeasure = { meantBytes: 1536 * 1024, mostRows: WINDOW_ROWS };

/**
 * For what is put aside in files, one of which is filled while the other one is read: the rows of a large network at once,
 * and half a gigabyte of disk in all.
 */
export const IN_FILES: WindowMeasure = { meantBytes: 256 * 1024 * 1024, mostRows: 512 * 1024 };

/** How many rows to write at once, as told by the length of those that were written. */
export class WindowSize {
  readonly #measure: WindowMeasure;
  #rows = 0;
  #bytes = 0;

  constructor(measure: WindowMeasure) {
    this.#measure = measure;
  }

  /** Rows of the next window. */
  get rows(): number {
    if (this.#bytes === 0) return FIRST_ROWS;
    const meant = Math.floor((this.#measure.meantBytes * this.#rows) / this.#bytes);
    return Math.min(this.#measure.mostRows, Math.max(LEAST_ROWS, meant));
  }

  /** Hears what some rows came to. */
  note(rows: number, bytes: number): void {
    this.#rows += rows;
    this.#bytes += bytes;
  }
}
