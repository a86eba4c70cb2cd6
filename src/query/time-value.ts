import type { RelativeTime, TimeSpan, TimeUnit, TimeValue } from './query.js';

/** Units of durations in milliseconds; months are left out, for none is like the other. */
export const TIME_UNITS: Readonly<Record<TimeUnit, number>> = {
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 7 * 86_400_000,
  y: 365 * 86_400_000,
};

/** Five digits of years stay within what a `Date` can hold. */
const DURATION = /^([+-]?)(\d{1,5})([mhdwy])(\s+ago)?$/i;

const TIME =
  /^(\d{4})(?:-(\d\d)(?:-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,3}))?)?(Z|[+-]\d\d:\d\d)?)?)?)?$/i;

/** A duration that lacks a direction. */
export interface Undirected {
  readonly undirected: RelativeTime;
}

/** Reads `now`, a duration such as `30d`, `-7d` or `7d ago`, or a date or time in ISO 8601, as much of it as is given; null: it is none. */
export function parseTimeValue(text: string): TimeValue | Undirected | null {
  if (/^now$/i.test(text)) return { amount: 0, unit: 'd' };
  const duration = DURATION.exec(text);
  if (!duration) return parseSpan(text);
  const [, sign = '', digits = '', letter = '', ago] = duration;
  const unit = unitOf(letter);
  if (unit === undefined || (sign !== '' && ago !== undefined)) return null;
  const amount = Number(digits);
  if (sign === '-' || ago !== undefined) return { amount: amount === 0 ? 0 : -amount, unit };
  return sign === '+' ? { amount, unit } : { undirected: { amount, unit } };
}

/** The first moment of a time and the first moment after it; milliseconds since 1970, UTC. */
export function boundsOf(value: TimeValue, now: Date): { readonly from: number; readonly until: number } {
  if ('text' in value) return value;
  const from = now.getTime() + value.amount * TIME_UNITS[value.unit];
  return { from, until: from + 1 };
}

function unitOf(letter: string): TimeUnit | undefined {
  const folded = letter.toLowerCase();
  return (Object.keys(TIME_UNITS) as TimeUnit[]).find((unit) => unit === folded);
}

function parseSpan(text: string): TimeSpan | null {
  const match = TIME.exec(text);
  if (!match) return null;
  const [
    ,
    year,
    month = '01',
    day = '01',
    hour = '00',
    minute = '00',
    second = '00',
    fraction = '',
    zone = 'Z',
  ] = match;
  const local = `${year}-${month}-${day}T${hour}:${minute}:${second}.${fraction.padEnd(3, '0')}`;
  const clock = new Date(`${local}Z`);
  // The 30th of February and the 25th hour would otherwise be taken for what comes after them.
  if (Number.isNaN(clock.getTime()) || clock.toISOString() !== `${local}Z`) return null;
  const from = Date.parse(`${local}${zone.toUpperCase()}`);
  if (Number.isNaN(from)) return null;
  if (match[2] === undefined) clock.setUTCFullYear(clock.getUTCFullYear() + 1);
  else if (match[3] === undefined) clock.setUTCMonth(clock.getUTCMonth() + 1);
  else return { text, from, until: from + precisionOf(match) };
  return { text, from, until: clock.getTime() };
}

/** How long a time is, by the first thing that it does not say. */
function precisionOf(match: RegExpExecArray): number {
  if (match[4] === undefined) return TIME_UNITS.d;
  if (match[6] === undefined) return TIME_UNITS.m;
  return match[7] === undefined ? 1000 : 1;
}
