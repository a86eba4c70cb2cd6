import type { RecordQuery } from '../../store/record-query.js';
import type { RowRun } from './row-run.js';

/** What a thread has to know of an export. */
export interface ExportStart {
  /** The inventory. */
  readonly path: string;
  readonly query: RecordQuery;
  /** The name of a format that writes records one by one. */
  readonly format: string;
  /** Ids; null: the format's own choice. */
  readonly columns: readonly string[] | null;
  readonly now: Date;
}

/** A thread's share of rows to write. */
export interface RowShare {
  /** The endpoints of all shares, in the order of the rows. */
  readonly ids: Float64Array;
  /** Which of how many shares. */
  readonly index: number;
  readonly of: number;
  /** The number of the open file that is the thread's alone; what it holds is written over. */
  readonly file: number;
}

/** What a thread is told. */
export type ExportOrder =
  /** Read from now on what is true at this moment. */
  | { readonly kind: 'begin' }
  /** Put a share of rows aside, after those that were asked for before. */
  | { readonly kind: 'write'; readonly share: RowShare };

/** What a thread answers. */
export type ExportAnswer =
  | { readonly kind: 'begun' }
  /** Some rows have been put aside. */
  | { readonly kind: 'run'; readonly run: RowRun }
  /** That was all that was asked for. */
  | { readonly kind: 'end' }
  /** The rows are more than there is room for, or shall be. */
  | { readonly kind: 'full' }
  | { readonly kind: 'failed'; readonly name: string; readonly message: string };
