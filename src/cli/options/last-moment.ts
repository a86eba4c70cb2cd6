import { InvalidArgumentError } from 'commander';

/** Reads a day, and gives its last moment (UTC ISO-8601). */
export function lastMoment(text: string): string {
  const moment = `${text}T23:59:59.999Z`;
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(moment));
  // A day that its month does not have would be one of the next.
  if (!isDay || new Date(moment).toISOString() !== moment)
    throw new InvalidArgumentError('it must be a day such as 2027-03-31.');
  return moment;
}
