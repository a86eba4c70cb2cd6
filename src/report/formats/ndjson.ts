import { ALL_RECORD_PARTS } from '../../model/record-part.js';
import { listParts } from '../columns.js';
import type { ExportFormat } from '../export-format.js';
import { formatJsonRecord } from '../json-record.js';
import type { RowFormat, RowOptions } from '../row-format.js';
import { writeRows } from '../write-rows.js';

/** Newline-delimited JSON: one observation a line, as `scan --ndjson` writes it. */
export const ndjson: ExportFormat = {
  name: 'ndjson',
  title: 'JSON, one observation a line',
  description:
    'For programs and log pipelines: one observation a line, as `scan --ndjson` writes it; with `--fields`, objects of those fields.',
  extension: 'ndjson',
  mediaType: 'application/x-ndjson',
  hasFields: true,
  reads: (columns) => (columns ? listParts(columns) : ALL_RECORD_PARTS),
  rows: makeRows,
  write: (records, options) => writeRows(makeRows(options), records),
};

function makeRows(options: RowOptions): RowFormat {
  const format: RowFormat['format'] = (record) => `${formatJsonRecord(record, options)}\n`;
  return { head: '', separator: '', tail: '', empty: '', format };
}
