import { formatCellText } from '../cell-text.js';
import type { Column, ColumnValue } from '../columns.js';
import { escapeXml } from './escape-xml.js';

/** Styles by their place in the workbook's list: see workbook-parts.ts. */
export const CELL_STYLES = { text: 0, header: 1, time: 2 } as const;

const MS_PER_DAY = 86_400_000;

/** Day 0 of Excel's calendar, for every day since 1 March 1900: it has a 29 February 1900, which never was. */
const DAY_ZERO = Date.UTC(1899, 11, 30);

/** Days that Excel can show as a date: 1 March 1900 to the end of 9999. */
const FIRST_DAY = 61;
const LAST_DAY = 2_958_466;

/** Writes a value as one cell of a sheet. Text is inline, which no program takes for a formula. */
export function formatSheetCell(value: ColumnValue, type: Column['type']): string {
  if (value === null) return '<c/>';
  if (typeof value === 'number') return Number.isFinite(value) ? `<c><v>${value}</v></c>` : '<c/>';
  if (type === 'time' && typeof value === 'string') {
    const days = (Date.parse(value) - DAY_ZERO) / MS_PER_DAY;
    if (days >= FIRST_DAY && days < LAST_DAY)
      return `<c s="${CELL_STYLES.time}"><v>${roundToSeconds(days)}</v></c>`;
  }
  const text = formatCellText(value, type);
  return text === '' ? '<c/>' : formatTextCell(text, CELL_STYLES.text);
}

/** Writes text as one cell of a style. */
export function formatTextCell(text: string, style: number): string {
  return `<c s="${style}" t="inlineStr"><is><t xml:space="preserve">${escapeXml(text)}</t></is></c>`;
}

/** Shows need no more than seconds, and fractions of milliseconds only tell how binary numbers end. */
function roundToSeconds(days: number): number {
  return Math.round(days * 86_400) / 86_400;
}
