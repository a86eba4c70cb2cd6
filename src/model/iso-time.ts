// Why not `Date.toISOString`: it takes ten times as long, and a row of an inventory has four times.

const MS_PER_DAY = 86_400_000;
const MS_PER_MINUTE = 60_000;

/** Days kept as text, some hundred kilobytes: a network's certificates begin and end within a few years. */
const MOST_DAYS = 4_000;

const days = new Map<number, string>();
const hundreds = Array.from({ length: 100 }, (_, value) => String(value).padStart(2, '0'));
const thousands = Array.from({ length: 1000 }, (_, value) => String(value).padStart(3, '0'));
const minutes = Array.from(
  { length: 1440 },
  (_, minute) => `${hundreds[Math.floor(minute / 60)]}:${hundreds[minute % 60]}:`,
);

/** Writes milliseconds since 1970 as UTC ISO-8601, as dates do. */
export function formatIsoTime(milliseconds: number): string {
  const day = Math.floor(milliseconds / MS_PER_DAY);
  const ofDay = milliseconds - day * MS_PER_DAY;
  const minute = Math.floor(ofDay / MS_PER_MINUTE);
  const ofMinute = ofDay - minute * MS_PER_MINUTE;
  const second = Math.floor(ofMinute / 1000);
  return `${formatDay(day)}${minutes[minute]}${hundreds[second]}.${thousands[Math.floor(ofMinute) % 1000]}Z`;
}

/** The date, with the letter behind it; throws as dates do where there are none. */
function formatDay(day: number): string {
  let text = days.get(day);
  if (text === undefined) {
    text = new Date(day * MS_PER_DAY).toISOString().slice(0, -'00:00:00.000Z'.length);
    if (days.size >= MOST_DAYS) days.clear();
    days.set(day, text);
  }
  return text;
}
