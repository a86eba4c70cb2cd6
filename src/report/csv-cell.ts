import { formatCellText } from './cell-text.js';
import type { Column, ColumnValue } from './columns.js';

// Why cells are changed at all: most readers of this file are spreadsheets, which run text as formulas and read
// digits as numbers, dates and times. Who needs bytes as they are takes the JSON formats.
// Why no library writes them: it took a seventh of an export, and a cell has one line already.

/** Writes a value as the text of a cell; empty: unknown. */
export function formatCsvCell(value: ColumnValue, type: Column['type']): string {
  return formatCellText(value, type, disarm);
}

/** Writes a value as a cell of a line (RFC 4180). */
export function quoteCsvCell(value: ColumnValue, type: Column['type']): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  if (typeof value === 'string') {
    if (type === 'time') return formatCsvCell(value, type);
    if (type !== 'text') return quote(formatCsvCell(value, type));
    return HARMLESS.test(value) ? value : quoteText(value);
  }
  if (value.length === 0) return '';
  if (value.length <= FEW_ENTRIES && value.every((entry) => HARMLESS.test(entry))) return value.join('; ');
  return quote(formatCsvCell(value, type));
}

/** What needs neither be changed nor be quoted, wherever in a cell it stands, and no long look: most of what there is. */
const HARMLESS = /^[0-9A-Za-z][ !#-+\--:<-~]{0,1000}$/;

/** As many harmless ones as surely fit in a cell. */
const FEW_ENTRIES = 30;

/** Texts kept with their cells, such as names of CAs, which most rows share. */
const MOST_TEXTS = 500;
const KEPT_CHARACTERS = 200;

const cells = new Map<string, string>();

function quoteText(text: string): string {
  let cell = cells.get(text);
  if (cell !== undefined) return cell;
  cell = quote(formatCsvCell(text, 'text'));
  if (text.length > KEPT_CHARACTERS) return cell;
  if (cells.size >= MOST_TEXTS) cells.clear();
  cells.set(text, cell);
  return cell;
}

/** What must stand in quotes (RFC 4180, section 2), and apostrophes, which spreadsheets take for marks otherwise. */
const TO_QUOTE = /^'|[",\r\n]/;

function quote(cell: string): string {
  return TO_QUOTE.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

/** Text that a spreadsheet might run (CWE-1236): full-width forms count, and white space before is skipped by some. */
const FORMULA = /^\s*[=+\-@\uff1d\uff0b\uff0d\uff20]/u;

/** The same after a semicolon, where spreadsheets of half of Europe end a cell, whatever the quotes say. */
const FORMULA_INSIDE = /;(?=\s*[=+\-@\uff1d\uff0b\uff0d\uff20])/gu;

function disarm(text: string): string {
  const inside = text.replace(FORMULA_INSIDE, ";'");
  return FORMULA.test(inside) ? `'${inside}` : inside;
}
