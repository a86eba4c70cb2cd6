import type { InventoryRecord } from '../model/inventory-record.js';
import type { Column } from './columns.js';

/** How to write an export. */
export interface ExportOptions {
  /** What `Days Left` counts from, and when the export says that it was made. */
  readonly now: Date;
  /** Columns to write, in this order; absent: the format's own choice. Formats without fields take no notice. */
  readonly columns?: readonly Column[];
  /** Begins with a byte order mark, by which Excel knows UTF-8. */
  readonly bom?: boolean;
  /** The DER of a certificate by its SHA-256 in hex, null when it is not known; for formats that hold certificates. */
  readonly certificateDer?: (fingerprint: string) => Promise<Uint8Array | null>;
}

/** A way to write records, piece by piece: what is held in memory does not grow with their number. */
export interface ExportFormat {
  /** What users call it. */
  readonly name: string;
  readonly title: string;
  /** What it is for and what is in it, for the manual. */
  readonly description: string;
  /** Ending of file names, without the dot. */
  readonly extension: string;
  readonly mediaType: string;
  /** Whether it is made of the columns that users may choose. */
  readonly hasFields: boolean;
  /** Whether it shows presented chains; absent: it does. Who reads records may leave them out where it does not. */
  readsChains?(columns?: readonly Column[]): boolean;
  write(records: AsyncIterable<InventoryRecord>, options: ExportOptions): AsyncIterable<string | Uint8Array>;
}
