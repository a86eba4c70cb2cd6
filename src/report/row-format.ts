import type { InventoryRecord } from '../model/inventory-record.js';
import type { Column } from './columns.js';

/** What the text of a record depends on besides the record. */
export interface RowOptions {
  /** What `Days Left` counts from, and when the export says that it was made. */
  readonly now: Date;
  /** Columns to write, in this order; absent: the format's own choice. Formats without fields take no notice. */
  readonly columns?: readonly Column[];
  /** Begins with a byte order mark, by which Excel knows UTF-8. */
  readonly bom?: boolean;
}

/** A way to write records one by one: the text of each is the same wherever it stands, and whoever writes it. */
export interface RowFormat {
  /** Before the first record. */
  readonly head: string;
  /** Between two. */
  readonly separator: string;
  /** Behind the last. */
  readonly tail: string;
  /** In place of it all where there are no records. */
  readonly empty: string;
  format(record: InventoryRecord): string;
}
