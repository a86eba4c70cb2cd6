import type { InventoryRecord } from '../model/inventory-record.js';
import type { Column } from './columns.js';

/** How to write an export. */
export interface ExportOptions {
  /** What `Days Left` counts from. */
  readonly now: Date;
  /** Columns to write, in this order; absent: the format's own choice. */
  readonly columns?: readonly Column[];
  /** Begins with a byte order mark, by which Excel knows UTF-8. */
  readonly bom?: boolean;
}

/** A way to write records, piece by piece: what is held in memory does not grow with their number. */
export interface ExportFormat {
  /** What users call it. */
  readonly name: string;
  readonly title: string;
  /** Ending of file names, without the dot. */
  readonly extension: string;
  readonly mediaType: string;
  write(records: AsyncIterable<InventoryRecord>, options: ExportOptions): AsyncIterable<string | Uint8Array>;
}
