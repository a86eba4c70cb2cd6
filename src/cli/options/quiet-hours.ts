import { InvalidArgumentError } from 'commander';
import { UsageError } from '../../model/usage-error.js';
import { parseQuietHours } from '../../scan/pace/quiet-hours.js';

/** Reads an option that takes hours in which nothing is scanned, and may be given many times. */
export function quietHours(value: string, before: readonly string[] = []): readonly string[] {
  const all = [...before, value];
  try {
    parseQuietHours(value);
    parseQuietHours(all.join('; '));
  } catch (error) {
    if (error instanceof UsageError) throw new InvalidArgumentError(error.message);
    throw error;
  }
  return all;
}
