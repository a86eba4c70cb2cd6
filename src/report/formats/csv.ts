import { stringify } from 'csv-stringify/sync';
import { DEFAULT_COLUMNS } from '../columns.js';
import { formatCsvCell } from '../csv-cell.js';
import type { ExportFormat } from '../export-format.js';

/** Rows written at once: enough that writing costs little for each, few enough that they fit in memory anywhere. */
const ROWS_AT_ONCE = 256;

/** Comma-separated values (RFC 4180), one row per endpoint, safe to open in a spreadsheet. */
export const csv: ExportFormat = {
  name: 'csv',
  title: 'Comma-separated values, for spreadsheets',
  description:
    'For spreadsheets: one row per endpoint (RFC 4180), with cells that no spreadsheet takes for a formula or a wrong number.',
  extension: 'csv',
  mediaType: 'text/csv; charset=utf-8; header=present',
  hasFields: true,
  async *write(records, { now, columns = DEFAULT_COLUMNS, bom }) {
    if (bom) yield '\ufeff';
    let rows = [columns.map(({ title }) => title)];
    for await (const record of records) {
      rows.push(columns.map((column) => formatCsvCell(column.value(record, now), column.type)));
      if (rows.length < ROWS_AT_ONCE) continue;
      yield formatRows(rows);
      rows = [];
    }
    if (rows.length > 0) yield formatRows(rows);
  },
};

function formatRows(rows: readonly (readonly string[])[]): string {
  return stringify([...rows], { record_delimiter: '\r\n', quoted_match: /^'/ });
}
