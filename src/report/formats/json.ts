import { ALL_RECORD_PARTS } from '../../model/record-part.js';
import { listParts } from '../columns.js';
import type { ExportFormat } from '../export-format.js';
import { formatJsonRecord } from '../json-record.js';
import type { RowFormat, RowOptions } from '../row-format.js';
import { writeRows } from '../write-rows.js';

/** One JSON array of observations, one a line. */
export const json: ExportFormat = {
  name: 'json',
  title: 'JSON, one array of observations',
  description:
    'For programs that read a whole document: an array of observations, one a line, as `scan --ndjson` writes them; with `--fields`, objects of those fields.',
  extension: 'json',
  mediaType: 'application/json',
  hasFields: true,
  reads: (columns) => (columns ? listParts(columns) : ALL_RECORD_PARTS),
  rows: makeRows,
  write: (records, options) => writeRows(makeRows(options), records),
};

function makeRows(options: RowOptions): RowFormat {
  const format: RowFormat['format'] = (record) => formatJsonRecord(record, options);
  return { head: '[\n', separator: ',\n', tail: '\n]\n', empty: '[]\n', format };
}
