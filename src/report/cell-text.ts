import { cleanText } from './clean-text.js';
import type { Column, ColumnValue } from './columns.js';
import { cutText } from './cut-text.js';

/** What Excel holds in one cell; longer text it drops or refuses. */
const CELL_CHARACTERS = 32_767;

/** Room for the mark that says how many entries of a list were left out. */
const MARK_CHARACTERS = 40;

/**
 * LibreOffice reads one pair as a number and two or three as a time of day (10:11:12); four or more stay text in every
 * locale tried, so short numbers get leading zeros, which do not change their value.
 */
const LEAST_HEX_PAIRS = 4;

/**
 * Writes a value as the text of a spreadsheet's cell, where `guard` has the last word on what peers wrote; empty:
 * unknown.
 */
export function formatCellText(
  value: ColumnValue,
  type: Column['type'],
  guard: (text: string) => string = (text) => text,
): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  if (typeof value !== 'string') return joinList(value.map((entry) => guard(cleanText(entry))));
  if (type === 'time') return formatTime(value);
  if (type === 'hex') return cutText(formatHex(value), CELL_CHARACTERS);
  return cutText(guard(cleanText(value)), CELL_CHARACTERS);
}

/** As records have times; reading and writing each as a date would take a tenth of an export. */
const UTC_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

/** `2026-11-22 10:00:00`: spreadsheets know it as a time; with a `T` and a `Z` they would not. */
function formatTime(time: string): string {
  if (UTC_TIME.test(time)) return `${time.slice(0, 10)} ${time.slice(11, 19)}`;
  const date = new Date(time);
  if (Number.isNaN(date.getTime())) return '';
  return date
    .toISOString()
    .replace(/\.\d+Z$/, '')
    .replace('T', ' ');
}

/** `00:00:0A:1B`. */
function formatHex(hex: string): string {
  const quick = formatShortHex(hex);
  if (quick !== null) return quick;
  const pairs: string[] = hex.toUpperCase().match(/../g) ?? [];
  if (pairs.length === 0) return '';
  while (pairs.length < LEAST_HEX_PAIRS) pairs.unshift('00');
  return pairs.join(':');
}

/** As long as a fingerprint. */
const MOST_PAIRS = 32;

const letters = Buffer.alloc(3 * MOST_PAIRS, ':');

/** The same for what is hex indeed, and of the usual length: letter by letter takes a tenth of the time. Null: it is not. */
function formatShortHex(hex: string): string | null {
  const pairs = hex.length / 2;
  if (pairs < LEAST_HEX_PAIRS || pairs > MOST_PAIRS || !Number.isInteger(pairs)) return null;
  for (let at = 0; at < pairs; at += 1) {
    const high = UPPER_DIGITS[hex.charCodeAt(2 * at)];
    const low = UPPER_DIGITS[hex.charCodeAt(2 * at + 1)];
    if (!high || !low) return null;
    letters[3 * at] = high;
    letters[3 * at + 1] = low;
  }
  return letters.toString('latin1', 0, 3 * pairs - 1);
}

/** Codes of hex digits in capitals, by their codes; 0: no hex digit. */
const UPPER_DIGITS = new Uint8Array(128);
for (const digit of '0123456789abcdefABCDEF')
  UPPER_DIGITS[digit.charCodeAt(0)] = digit.toUpperCase().charCodeAt(0);

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
