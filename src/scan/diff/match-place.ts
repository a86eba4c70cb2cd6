import { type EntryPair, laterEntry, plannedProtocolOf } from './placed-entry.js';

// Why protocols do not tell endpoints apart here: what a plan asks as `tls` and finds to be `smtp` is stored as `smtp`,
// and as `tls` again on the day on which nobody answers. It is one endpoint all the same.

/**
 * Joins what belongs together of one place, that is one address, port, host and server name: first what was planned with
 * the same protocol, of which the latest counts on each side, then what is left alone on its side, as a port speaks one
 * protocol.
 */
export function matchPlace(pairs: readonly EntryPair[]): readonly EntryPair[] {
  if (pairs.length === 1) return pairs;
  const planned = new Map<string, EntryPair>();
  for (const pair of pairs) {
    const entry = pair.after ?? pair.before;
    if (entry === null) continue;
    const key = plannedProtocolOf(entry);
    const other = planned.get(key);
    planned.set(key, other ? joinPairs(other, pair) : pair);
  }
  const whole: EntryPair[] = [];
  const befores: EntryPair[] = [];
  const afters: EntryPair[] = [];
  for (const pair of planned.values())
    (pair.before === null ? afters : pair.after === null ? befores : whole).push(pair);
  const length = Math.max(befores.length, afters.length);
  const joined = Array.from({ length }, (_, index) => ({
    before: befores[index]?.before ?? null,
    after: afters[index]?.after ?? null,
  }));
  return [...whole, ...joined];
}

function joinPairs(one: EntryPair, other: EntryPair): EntryPair {
  return {
    before: laterEntry(one.before, other.before),
    after: laterEntry(one.after, other.after),
  };
}
