import { DEFAULT_COLUMNS, listParts } from '../columns.js';
import { quoteCsvCell } from '../csv-cell.js';
import type { ExportFormat } from '../export-format.js';
import type { RowFormat, RowOptions } from '../row-format.js';
import { writeRows } from '../write-rows.js';

/** Comma-separated values (RFC 4180), one row per endpoint, safe to open in a spreadsheet. */
export const csv: ExportFormat = {
  name: 'csv',
  title: 'Comma-separated values, for spreadsheets',
  description:
    'For spreadsheets: one row per endpoint (RFC 4180), with cells that no spreadsheet takes for a formula or a wrong number.',
  extension: 'csv',
  mediaType: 'text/csv; charset=utf-8; header=present',
  hasFields: true,
  reads: (columns = DEFAULT_COLUMNS) => listParts(columns),
  rows: makeRows,
  write: (records, options) => writeRows(makeRows(options), records),
};

function makeRows({ now, columns = DEFAULT_COLUMNS, bom }: RowOptions): RowFormat {
  const titles = columns.map(({ title }) => quoteCsvCell(title, 'text'));
  const head = `${bom ? '\ufeff' : ''}${titles.join(',')}\r\n`;
  return {
    head,
    separator: '',
    tail: '',
    empty: head,
    format(record) {
      let text = '';
      let separator = '';
      for (const column of columns) {
        text += separator + quoteCsvCell(column.value(record, now), column.type);
        separator = ',';
      }
      return `${text}\r\n`;
    },
  };
}
