import { formatCellText } from './cell-text.js';
import type { Column, ColumnValue } from './columns.js';

// Why cells are changed at all: most readers of this file are spreadsheets, which run text as formulas and read
// digits as numbers, dates and times. Who needs bytes as they are takes the JSON formats.

/** Writes a value as the text of a cell; empty: unknown. */
export function formatCsvCell(value: ColumnValue, type: Column['type']): string {
  return formatCellText(value, type, disarm);
}

/** Text that a spreadsheet might run (CWE-1236): full-width forms count, and white space before is skipped by some. */
const FORMULA = /^\s*[=+\-@\uff1d\uff0b\uff0d\uff20]/u;

/** The same after a semicolon, where spreadsheets of half of Europe end a cell, whatever the quotes say. */
const FORMULA_INSIDE = /;(?=\s*[=+\-@\uff1d\uff0b\uff0d\uff20])/gu;

function disarm(text: string): string {
  const inside = text.replace(FORMULA_INSIDE, ";'");
  return FORMULA.test(inside) ? `'${inside}` : inside;
}
