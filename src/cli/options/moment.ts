import { InvalidArgumentError } from 'commander';

/** Reads a moment in ISO-8601; without a zone it is UTC, as everything here is. */
export function moment(text: string): Date {
  const match = /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?(Z|[+-]\d{2}:?\d{2})?)?$/.exec(
    text,
  );
  const value = new Date(
    match && match[1] === undefined && text.length > 10 ? `${text.replace(' ', 'T')}Z` : text,
  );
  if (!match || Number.isNaN(value.getTime())) {
    throw new InvalidArgumentError('it must be a date such as 2026-11-22 or 2026-11-22T10:00:00Z.');
  }
  return value;
}
