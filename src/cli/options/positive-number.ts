import { InvalidArgumentError } from 'commander';

/** Reads an option that is a number above 0. */
export function positiveNumber(text: string): number {
  const value = Number(text);
  if (!/^\d+(?:\.\d+)?$/.test(text) || value <= 0)
    throw new InvalidArgumentError('it must be a number above 0.');
  return value;
}
