import { shorten } from './describe-certificate.js';

/** Enough to recognise a certificate by; the record lists all names. */
const MAXIMUM_NAMES = 5;

/** Joins names for a message, the first few and the number of the rest: `a.example, b.example and 7 more`. */
export function listNames(names: readonly string[]): string {
  const shown = names.slice(0, MAXIMUM_NAMES).map(shorten);
  const rest = names.length - shown.length;
  return rest > 0 ? `${shown.join(', ')} and ${rest} more` : shown.join(', ');
}
