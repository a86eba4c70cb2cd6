import { type DerElement, TAG } from '../der.js';

/** `YYYYMMDDHHMMSS.fff+hhmm` is 23 octets; nothing longer is a time. */
const MAX_TIME_OCTETS = 32;

const SHORT_YEAR = /^(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)?()(Z|[+-]\d{4})?$/;
const LONG_YEAR = /^(\d{4})(\d\d)(\d\d)(\d\d)(?:(\d\d)(?:(\d\d)([.,]\d+)?)?)?(Z|[+-]\d{4})?$/;
/** With fewer digits, a UTCTime that is wrong would be read as one of a far century. */
const FULL_LONG_YEAR = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)()(Z|[+-]\d{4})?$/;

const FIRST_UTC_TIME = Date.UTC(1950, 0);
const FIRST_GENERALIZED_TIME = Date.UTC(2050, 0);

/**
 * Reads a UTCTime or GeneralizedTime as milliseconds since 1970, UTC; null: it cannot be read.
 *
 * RFC 5280, section 4.1.2.5, demands seconds, `Z`, no fraction, and UTCTime through 2049; what departs from that is
 * read as X.680 says (sections 46 and 47) and noted. A time without a zone is taken as UTC.
 */
export function readTime(element: DerElement, what: string): number | null {
  const { source, tag, contentStart, contentEnd } = element;
  const { oddities } = source;
  const isTime = tag === TAG.utcTime || tag === TAG.generalizedTime;
  const isReadable = isTime && contentEnd - contentStart <= MAX_TIME_OCTETS;
  const text = isReadable ? source.buffer.toString('latin1', contentStart, contentEnd) : '';
  // A few devices put the one form under the tag of the other.
  const [own, other] = tag === TAG.utcTime ? [SHORT_YEAR, FULL_LONG_YEAR] : [LONG_YEAR, SHORT_YEAR];
  const ownTime = readForm(own.exec(text));
  const time = ownTime ?? readForm(other.exec(text));
  if (time === null) {
    oddities.add(`${what} cannot be read as a time`);
    return null;
  }
  const { seconds, fraction, zone } = time;
  if (ownTime === null) oddities.add(`${what} has the form of the other time type`);
  if (!seconds) oddities.add(`${what} has no seconds`);
  if (fraction) oddities.add(`${what} has a fraction of a second`);
  if (!zone) oddities.add(`${what} has no time zone`);
  else if (zone !== 'Z') oddities.add(`${what} is not in UTC`);
  if (tag === TAG.generalizedTime && time.ms < FIRST_GENERALIZED_TIME && time.ms >= FIRST_UTC_TIME) {
    oddities.add(`${what} is a GeneralizedTime before 2050`);
  }
  return time.ms;
}

interface TimeParts {
  readonly ms: number;
  readonly seconds: string | undefined;
  readonly fraction: string | undefined;
  readonly zone: string | undefined;
}

/** Null: the text has another form, or names no moment, such as the 30th of February. */
function readForm(match: RegExpExecArray | null): TimeParts | null {
  if (match === null) return null;
  const [, years = '', months, days, hours, minutes, seconds, fraction, zone] = match;
  // RFC 5280, section 4.1.2.5.1: two-digit years from 50 on are of the last century.
  const year = years.length === 4 ? Number(years) : Number(years) + (Number(years) >= 50 ? 1900 : 2000);
  const month = Number(months);
  const day = Number(days);
  const [hour, minute, second] = [Number(hours), Number(minutes ?? 0), Number(seconds ?? 0)];
  if (hour > 23 || minute > 59 || second > 59) return null;
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return null;
  const millisecond = fraction ? Math.floor(Number(`0${fraction.replace(',', '.')}`) * 1000) : 0;
  date.setUTCHours(hour, minute, second, millisecond);
  return { ms: date.getTime() - offsetMs(zone), seconds, fraction, zone };
}

function offsetMs(zone: string | undefined): number {
  if (!zone || zone === 'Z') return 0;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(3, 5));
  return (zone.startsWith('-') ? -minutes : minutes) * 60_000;
}
