import { describeChecks } from '../grade/describe-checks.js';
import { starttlsProtocols } from '../probe/starttls-protocols.js';
import type { Listing } from '../query/field.js';
import { parseQuery } from '../query/parse-query.js';
import type { Matching } from '../query/query.js';

/** Reads what `--where` says; its relative times count from `now`. */
export function parseWhere(text: string, listing: Listing, now: Date): Matching {
  const findings = describeChecks().map(({ id }) => id);
  const vocabulary = new Map([
    ['warnings', findings],
    ['waived', findings],
    ['protocol', ['tls', ...starttlsProtocols.keys()]],
  ]);
  return { query: parseQuery(text, { listing, vocabulary }), now };
}
