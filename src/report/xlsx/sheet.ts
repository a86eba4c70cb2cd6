import type { Column, ColumnValue } from '../columns.js';
import { CELL_STYLES, formatSheetCell, formatTextCell } from './sheet-cell.js';

/** What a sheet holds in Excel, the header among it; more rows go on in another. */
export const SHEET_ROWS = 1_048_576;

/** Characters gathered before they are packed. */
const CHUNK_CHARACTERS = 64 * 1024;

/** One column of a sheet. */
export interface SheetColumn {
  readonly title: string;
  readonly type: Column['type'];
}

/** Rows of a sheet, drawn one by one; a further sheet goes on where one is full. */
export interface SheetRows {
  /** The next row; null: there are no more. */
  next(): Promise<readonly ColumnValue[] | null>;
}

/** How wide columns are, in characters. */
const WIDTHS: Readonly<Record<Column['type'], number>> = {
  text: 24,
  integer: 11,
  time: 19,
  hex: 30,
  list: 40,
};

const HEAD =
  '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' +
  '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">';

/** Writes a sheet with a frozen header and a filter, beginning with `first`, as far as rows and room go. */
export async function* writeSheet(
  columns: readonly SheetColumn[],
  first: readonly ColumnValue[] | null,
  rows: SheetRows,
  limit: number,
): AsyncGenerator<string> {
  yield `${HEAD}<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>`;
  yield `<cols>${columns.map(({ title, type }, i) => `<col min="${i + 1}" max="${i + 1}" width="${Math.max(WIDTHS[type], title.length + 4)}" customWidth="1"/>`).join('')}</cols>`;
  yield `<sheetData><row>${columns.map(({ title }) => formatTextCell(title, CELL_STYLES.header)).join('')}</row>`;
  let count = 1;
  let gathered = '';
  for (let row = first; row !== null; row = count < limit ? await rows.next() : null) {
    gathered += `<row>${row.map((value, i) => formatSheetCell(value, columns[i]?.type ?? 'text')).join('')}</row>`;
    count += 1;
    if (gathered.length < CHUNK_CHARACTERS) continue;
    yield gathered;
    gathered = '';
  }
  yield `${gathered}</sheetData><autoFilter ref="A1:${nameColumn(columns.length)}${count}"/></worksheet>`;
}

/** `A` of 1, `AA` of 27. */
function nameColumn(number: number): string {
  let name = '';
  for (let rest = number; rest > 0; rest = Math.floor((rest - 1) / 26))
    name = String.fromCharCode(65 + ((rest - 1) % 26)) + name;
  return name;
}
