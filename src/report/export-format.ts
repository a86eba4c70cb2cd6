import type { InventoryRecord } from '../model/inventory-record.js';
import type { TrendPoint } from '../model/overview.js';
import type { RecordPart } from '../model/record-part.js';
import type { Column } from './columns.js';
import type { RowFormat, RowOptions } from './row-format.js';

/** How to write an export. */
export interface ExportOptions extends RowOptions {
  /** The DER of a certificate by its SHA-256 in hex, null when it is not known; for formats that hold certificates. */
  readonly certificateDer?: (fingerprint: string) => Promise<Uint8Array | null>;
  /** What the latest runs have found, where the export is of the whole inventory; for formats that sum it up. */
  readonly trend?: () => Promise<readonly TrendPoint[]>;
  /** What people call it, for formats that have a heading; absent: they have one of their own. */
  readonly title?: string;
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
  /** Whether it is no text, which no terminal can show. */
  readonly isBinary?: true;
  /** Whether it is made of the columns that users may choose. */
  readonly hasFields: boolean;
  /** The parts of records that it looks at; absent: all of them. Who reads records may leave the others empty. */
  reads?(columns?: readonly Column[]): ReadonlySet<RecordPart>;
  /** How it writes records one by one; absent: what it writes of one depends on others. */
  rows?(options: RowOptions): RowFormat;
  write(records: AsyncIterable<InventoryRecord>, options: ExportOptions): AsyncIterable<string | Uint8Array>;
}
