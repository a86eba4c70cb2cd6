import type { Column, ColumnValue } from './columns.js';

// Why cells are changed at all: most readers of this file are spreadsheets, which run text as formulas and read
// digits as numbers, dates and times. Who needs bytes as they are takes the JSON formats.

/** What Excel holds in one cell; longer text it drops or refuses. */
const CELL_CHARACTERS = 32_767;

/** Room for the mark that says how many entries of a list were left out. */
const MARK_CHARACTERS = 40;

/**
 * LibreOffice reads one pair as a number and two or three as a time of day (10:11:12); four or more stay text in every
 * locale tried, so short numbers get leading zeros, which do not change their value.
 */
const LEAST_HEX_PAIRS = 4;

/** Writes a value as the text of a cell; empty: unknown. */
export function formatCsvCell(value: ColumnValue, type: Column['type']): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  if (typeof value !== 'string') return joinList(value.map((entry) => disarm(cleanText(entry))));
  if (type === 'time') return formatTime(value);
  if (type === 'hex') return cutText(formatHex(value));
  return cutText(disarm(cleanText(value)));
}

/** `2026-11-22 10:00:00`: spreadsheets know it as a time; with a `T` and a `Z` they would not. */
function formatTime(time: string): string {
  const date = new Date(time);
  if (Number.isNaN(date.getTime())) return '';
  return date
    .toISOString()
    .replace(/\.\d+Z$/, '')
    .replace('T', ' ');
}

/** `00:00:0A:1B`. */
function formatHex(hex: string): string {
  const pairs: string[] = hex.toUpperCase().match(/../g) ?? [];
  if (pairs.length === 0) return '';
  while (pairs.length < LEAST_HEX_PAIRS) pairs.unshift('00');
  return pairs.join(':');
}

/** Controls that stand for white space: tabs, line ends, and Unicode's line and paragraph separators. */
const WHITE_CONTROLS = /[\t-\r\u0085\u2028\u2029]+/g;

/** Other controls, and characters that turn the direction of text or take no room, by which one name poses as another. */
const HIDDEN_CHARACTERS = /[\p{Cc}\p{Cs}\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]/gu;

function cleanText(text: string): string {
  return text.replace(WHITE_CONTROLS, ' ').replace(HIDDEN_CHARACTERS, '\ufffd');
}

/** Text that a spreadsheet might run (CWE-1236): full-width forms count, and white space before is skipped by some. */
const FORMULA = /^\s*[=+\-@\uff1d\uff0b\uff0d\uff20]/u;

/** The same after a semicolon, where spreadsheets of half of Europe end a cell, whatever the quotes say. */
const FORMULA_INSIDE = /;(?=\s*[=+\-@\uff1d\uff0b\uff0d\uff20])/gu;

function disarm(text: string): string {
  const inside = text.replace(FORMULA_INSIDE, ";'");
  return FORMULA.test(inside) ? `'${inside}` : inside;
}

function cutText(text: string): string {
  return text.length <= CELL_CHARACTERS ? text : `${text.slice(0, CELL_CHARACTERS - 1)}…`;
}

/** Joins entries with `; `, as many as a cell holds; the rest is counted at the end. */
function joinList(entries: readonly string[]): string {
  const whole = entries.join('; ');
  if (whole.length <= CELL_CHARACTERS) return whole;
  const kept: string[] = [];
  let length = 0;
  for (const entry of entries) {
    length += entry.length + 2;
    if (length > CELL_CHARACTERS - MARK_CHARACTERS) break;
    kept.push(entry);
  }
  return [...kept, `… (${entries.length - kept.length} more)`].join('; ');
}
