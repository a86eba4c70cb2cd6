import { type DerElement, TAG } from '../der.js';

/** `YYYYMMDDHHMMSS.fff+hhmm` is 23 octets; nothing longer is a time. */
const MAX_TIME_OCTETS = 32;

const SHORT_YEAR = /^(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)?()(Z|[+-]\d{4})?$/;
const LONG_YEAR = /^(\d{4})(\d\d)(\d\d)(\d\d)(?:(\d\d)(?:(\d\d)([.,]\d+)?)?)?(Z|[+-]\d{4})?$/;

/**
 * Reads a UTCTime or GeneralizedTime as milliseconds since 1970, UTC; null: it cannot be read.
 *
 * RFC 5280, section 4.1.2.5, demands seconds, `Z`, no fraction, and UTCTime through 2049; what departs from that is
 * read as X.680 says (sections 46 and 47) and noted. A time without a zone is taken as UTC.
 */
export function readTime(element: DerElement, what: string): number | null {
  const { source, tag, contentStart, contentEnd } = element;
  const { oddities } = source;
  const isUtcTime = tag === TAG.utcTime;
  const text =
    (isUtcTime || tag === TAG.generalizedTime) && contentEnd - contentStart <= MAX_TIME_OCTETS
      ? source.buffer.toString('latin1', contentStart, contentEnd)
      : '';
  // A few devices put the one form under the tag of the other: fourteen digits always begin with a long year.
  const hasLongYear = isUtcTime ? /^\d{14}/.test(text) : !/^\d{12}Z$/.test(text);
  const match = (hasLongYear ? LONG_YEAR : SHORT_YEAR).exec(text);
  const time = match && toTime(match);
  if (!match || time === null) {
    oddities.add(`${what} cannot be read as a time`);
    return null;
  }
  const [, , , , , , seconds, fraction, zone] = match;
  if (hasLongYear === isUtcTime) oddities.add(`${what} has the form of another time type`);
  if (!seconds) oddities.add(`${what} has no seconds`);
  if (fraction) oddities.add(`${what} has a fraction of a second`);
  if (!zone) oddities.add(`${what} has no time zone`);
  else if (zone !== 'Z') oddities.add(`${what} is not in UTC`);
  if (!isUtcTime && time < FIRST_GENERALIZED_TIME && time >= FIRST_UTC_TIME) {
    oddities.add(`${what} is a GeneralizedTime before 2050`);
  }
  return time;
}

const FIRST_UTC_TIME = Date.UTC(1950, 0);
const FIRST_GENERALIZED_TIME = Date.UTC(2050, 0);

function toTime(match: RegExpExecArray): number | null {
  const [, years = '', months, days, hours, minutes = '0', seconds = '0', fraction = '', zone] = match;
  // RFC 5280, section 4.1.2.5.1: two-digit years from 50 on are of the last century.
  const year = years.length === 4 ? Number(years) : Number(years) + (Number(years) >= 50 ? 1900 : 2000);
  const month = Number(months);
  const day = Number(days);
  if (Number(hours) > 23 || Number(minutes) > 59 || Number(seconds) > 59) return null;
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return null;
  const milliseconds = Math.floor(Number(`0${fraction.replace(',', '.')}`) * 1000);
  date.setUTCHours(Number(hours), Number(minutes), Number(seconds), milliseconds);
  return date.getTime() - offsetMs(zone);
}

function offsetMs(zone: string | undefined): number {
  if (!zone || zone === 'Z') return 0;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(3, 5));
  return (zone.startsWith('-') ? -minutes : minutes) * 60_000;
}
