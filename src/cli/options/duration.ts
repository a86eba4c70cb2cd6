import { InvalidArgumentError } from 'commander';
import { UsageError } from '../../model/usage-error.js';
import { parseDuration } from '../../targets/parse-duration.js';

/** Reads an option that is a duration such as 7d; what is kept is its text. */
export function duration(text: string): string {
  try {
    parseDuration(text, 'duration');
    return text;
  } catch (error) {
    if (error instanceof UsageError) throw new InvalidArgumentError(error.message);
    throw error;
  }
}
