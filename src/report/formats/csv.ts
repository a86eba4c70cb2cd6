import { DEFAULT_COLUMNS } from '../columns.js';
import { formatCsvCell } from '../csv-cell.js';
import type { ExportFormat } from '../export-format.js';

// Why no library writes these lines: it took a seventh of an export, and a cell has one line already.

/** Text gathered before it is handed on: enough that handing costs little, and it fits in memory anywhere. */
const CHUNK_CHARACTERS = 64 * 1024;

/** Comma-separated values (RFC 4180), one row per endpoint, safe to open in a spreadsheet. */
export const csv: ExportFormat = {
  name: 'csv',
  title: 'Comma-separated values, for spreadsheets',
  description:
    'For spreadsheets: one row per endpoint (RFC 4180), with cells that no spreadsheet takes for a formula or a wrong number.',
  extension: 'csv',
  mediaType: 'text/csv; charset=utf-8; header=present',
  hasFields: true,
  readsChains: (columns = DEFAULT_COLUMNS) => columns.some(({ id }) => id === 'presentedChain'),
  async *write(records, { now, columns = DEFAULT_COLUMNS, bom }) {
    let text = `${bom ? '\ufeff' : ''}${columns.map(({ title }) => quote(title)).join(',')}\r\n`;
    for await (const record of records) {
      let separator = '';
      for (const column of columns) {
        text += separator + quote(formatCsvCell(column.value(record, now), column.type));
        separator = ',';
      }
      text += '\r\n';
      if (text.length < CHUNK_CHARACTERS) continue;
      yield text;
      text = '';
    }
    if (text !== '') yield text;
  },
};

/** What must stand in quotes (RFC 4180, section 2), and apostrophes, which spreadsheets take for marks otherwise. */
const TO_QUOTE = /^'|[",\r\n]/;

function quote(cell: string): string {
  return TO_QUOTE.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
