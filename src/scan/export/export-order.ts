import type { RecordQuery } from '../../store/record-query.js';

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

/** What a thread is told. */
export type ExportOrder =
  /** Read from now on what is true at this moment. */
  | { readonly kind: 'begin' }
  /** Write the records of these endpoints, after those that were asked for before. */
  | { readonly kind: 'write'; readonly ids: Float64Array }
  /** Go on: the piece before has been taken. */
  | { readonly kind: 'more' };

/** What a thread answers. */
export type ExportAnswer =
  | { readonly kind: 'begun' }
  /** Text of the records that were asked for, as UTF-8; the thread waits until more is wanted. */
  | { readonly kind: 'piece'; readonly bytes: Uint8Array }
  /** That was all that was asked for. */
  | { readonly kind: 'end' }
  | { readonly kind: 'failed'; readonly name: string; readonly message: string };
