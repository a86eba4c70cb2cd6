import type { Change } from '../model/change.js';

/** How to write changes. */
export interface ChangeOptions {
  /** What was compared, in words: `run 0193… of 2026-11-22 10:00`. */
  readonly before: string;
  readonly after: string;
}

/** A way to write changes, piece by piece: what is held in memory does not grow with their number. */
export interface ChangeFormat {
  /** What users call it. */
  readonly name: string;
  readonly title: string;
  write(changes: AsyncIterable<Change>, options: ChangeOptions): AsyncIterable<string>;
}
