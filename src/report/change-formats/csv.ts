import { stringify } from 'csv-stringify/sync';
import { CHANGE_COLUMNS } from '../change-columns.js';
import type { ChangeFormat } from '../change-format.js';
import { formatCsvCell } from '../csv-cell.js';

/** Rows written at once: enough that writing costs little for each, few enough that they fit in memory anywhere. */
const ROWS_AT_ONCE = 256;

/** Comma-separated values (RFC 4180), one row per change, safe to open in a spreadsheet. */
export const csv: ChangeFormat = {
  name: 'csv',
  title: 'Comma-separated values, for spreadsheets',
  async *write(changes) {
    let rows = [CHANGE_COLUMNS.map(({ title }) => title)];
    for await (const change of changes) {
      rows.push(CHANGE_COLUMNS.map(({ type, value }) => formatCsvCell(value(change), type)));
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
