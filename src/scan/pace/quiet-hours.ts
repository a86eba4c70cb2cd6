/*
 * Why minutes are walked one by one: where clocks are put forward or back, an hour of the day comes never or twice, and the
 * end of a window cannot be computed from its beginning. Whether a minute is quiet is plain from what the clock on the wall
 * shows then, so the end is the first that is not.
 */
import { UsageError } from '../../model/usage-error.js';
import { quoteWord } from '../../targets/quote-word.js';

/** Hours of the week in which nothing is scanned. */
export interface QuietHours {
  /** When it ends, where `now` is in quiet hours; null: it is not. */
  quietUntil(now: Date): Date | null;
}

/** As `Date.getDay()` counts them; the first three letters are enough. */
const DAY_NAMES = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];
const DAYS = DAY_NAMES.map((name) => name.slice(0, 3));
const MINUTES_OF_DAY = 24 * 60;
const MINUTES_OF_WEEK = 7 * MINUTES_OF_DAY;
const MINUTE_MS = 60_000;
const EXAMPLE = 'write for example "22:00-06:00" or "mon-fri 08:00-18:00"';

/** `mon`, `mon-fri`, and the same before hours. */
const DAYS_ONLY = /^([a-z]+)(?:\s*-\s*([a-z]+))?$/;
const WINDOW = /^(?:([a-z]+)(?:\s*-\s*([a-z]+))?\s+)?(\d{1,2}):(\d{2})\s*-\s*(\d{1,2}):(\d{2})$/;

/**
 * Reads quiet hours in local time: `08:00-18:00`, over midnight `22:00-06:00`, on some days `mon-fri 08:00-18:00` or
 * `sat,sun 00:00-24:00`, several with commas or semicolons between. A window belongs to the day on which it begins. Throws
 * UsageError.
 */
export function parseQuietHours(text: string): QuietHours {
  const quiet = new Uint8Array(MINUTES_OF_WEEK);
  let days = new Set<number>();
  for (const part of text.split(/[,;]/).map((each) => each.trim().toLowerCase())) {
    const daysOnly = DAYS_ONLY.exec(part);
    if (daysOnly) {
      for (const day of readDays(text, daysOnly[1], daysOnly[2])) days.add(day);
      continue;
    }
    const window = WINDOW.exec(part);
    if (!window) throw wrong(text, `${quoteWord(part)} is no time of the week: ${EXAMPLE}`);
    const start = readTime(text, window[3], window[4]);
    const end = readTime(text, window[5], window[6]);
    if (start === end || start === MINUTES_OF_DAY)
      throw wrong(text, `${quoteWord(part)} is empty: for a whole day write "00:00-24:00"`);
    if (window[1] !== undefined) for (const day of readDays(text, window[1], window[2])) days.add(day);
    if (days.size === 0) days = new Set(DAYS.keys());
    const length = end > start ? end - start : end + MINUTES_OF_DAY - start;
    for (const day of days) {
      for (let minute = 0; minute < length; minute += 1)
        quiet[(day * MINUTES_OF_DAY + start + minute) % MINUTES_OF_WEEK] = 1;
    }
    days = new Set();
  }
  if (days.size > 0) throw wrong(text, 'days without hours at the end: for whole days add "00:00-24:00"');
  if (!quiet.includes(0)) throw wrong(text, 'all of the week is quiet: leave some time to scan');
  return { quietUntil: (now) => findEnd(quiet, now) };
}

/** A minute of the week that is not quiet may be one that the clock leaves out, once: it comes again a week later. */
const LONGEST_WALK = 2 * MINUTES_OF_WEEK + 1;

function findEnd(quiet: Uint8Array, now: Date): Date | null {
  if (!isQuiet(quiet, now)) return null;
  const minute = new Date(now);
  // In local time this would fall back into the first of two hours that the clock shows alike.
  minute.setUTCSeconds(0, 0);
  for (let walked = 0; walked < LONGEST_WALK; walked += 1) {
    minute.setTime(minute.getTime() + MINUTE_MS);
    if (!isQuiet(quiet, minute)) break;
  }
  return minute;
}

function isQuiet(quiet: Uint8Array, at: Date): boolean {
  return quiet[at.getDay() * MINUTES_OF_DAY + at.getHours() * 60 + at.getMinutes()] === 1;
}

/** From the first to the last, over the end of the week too. */
function readDays(text: string, first = '', last = first): number[] {
  const from = readDay(text, first);
  const to = readDay(text, last);
  return Array.from({ length: ((to - from + 7) % 7) + 1 }, (_, index) => (from + index) % 7);
}

function readDay(text: string, word: string): number {
  const day = DAYS.includes(word) ? DAYS.indexOf(word) : DAY_NAMES.indexOf(word);
  if (day === -1) throw wrong(text, `${quoteWord(word)} is no day: choose from ${DAYS.join(' ')}`);
  return day;
}

/** The minute of the day; 24:00 is its end. */
function readTime(text: string, hour = '', minute = ''): number {
  const minutes = Number(hour) * 60 + Number(minute);
  if (Number(minute) > 59 || minutes > MINUTES_OF_DAY)
    throw wrong(text, `${quoteWord(`${hour}:${minute}`)} is no time of day: write 00:00 to 24:00`);
  return minutes;
}

function wrong(text: string, problem: string): UsageError {
  return new UsageError(`quiet hours ${quoteWord(text)}: ${problem}`);
}
