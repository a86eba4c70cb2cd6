/** Inclusive intervals of whole numbers, sorted and apart from each other, flat: first, last, first, last ... */
export type IntervalList = readonly number[];

/** Sorts intervals that may overlap, touch or repeat, and joins them. */
export function joinIntervalList(pairs: readonly number[]): IntervalList {
  if (pairs.length <= 2) return pairs;
  const intervals: [first: number, last: number][] = [];
  for (let index = 0; index < pairs.length; index += 2) {
    intervals.push([pairs[index] ?? 0, pairs[index + 1] ?? 0]);
  }
  intervals.sort((a, b) => a[0] - b[0]);
  const joined: number[] = [];
  for (const [first, last] of intervals) {
    const end = joined.length - 1;
    if (end > 0 && first <= (joined[end] ?? 0) + 1) joined[end] = Math.max(joined[end] ?? 0, last);
    else joined.push(first, last);
  }
  return joined;
}

/** What is left of one list without the other. */
export function subtractIntervalList(from: IntervalList, what: IntervalList): IntervalList {
  if (what.length === 0) return from;
  const left: number[] = [];
  let cut = 0;
  for (let index = 0; index < from.length; index += 2) {
    let first = from[index] ?? 0;
    const last = from[index + 1] ?? 0;
    while (cut < what.length && (what[cut + 1] ?? 0) < first) cut += 2;
    // A cut may reach into the next interval too, so it is looked at again from there.
    for (let next = cut; next < what.length && (what[next] ?? 0) <= last; next += 2) {
      const cutFirst = what[next] ?? 0;
      if (cutFirst > first) left.push(first, cutFirst - 1);
      first = Math.max(first, (what[next + 1] ?? 0) + 1);
    }
    if (first <= last) left.push(first, last);
  }
  return left;
}
