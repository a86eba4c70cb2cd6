/** Inclusive ranges of 32-bit positions on one axis, in any order, each with the number of the group it belongs to. */
export interface AxisEntries {
  readonly firsts: Uint32Array;
  readonly lasts: Uint32Array;
  readonly groups: Uint32Array;
}

/** Ranges of positions, sorted and disjoint, each covered throughout by the same groups. */
export interface Stretches {
  readonly firsts: Uint32Array;
  readonly lasts: Uint32Array;
  /** What `coverOf` said of the groups there. */
  readonly covers: Uint32Array;
}

/** What `coverOf` answers where nothing is left: such a stretch is dropped. */
export const NO_COVER = -1;

/**
 * Cuts an axis into stretches at every point where the groups that lie there change. `coverOf` is asked once for each
 * combination of groups, sorted by number, and gives it a number of its own. Takes O(n log n) for n entries.
 */
export function sweep(entries: AxisEntries, coverOf: (groups: readonly number[]) => number): Stretches {
  const count = entries.firsts.length;
  const starts = sortPairs(entries.firsts, entries.groups);
  const ends = sortPairs(entries.lasts, entries.groups);
  const active = new Map<number, number>();
  const askCover = rememberCovers(coverOf);
  const out = createStretchWriter(2 * count);
  let started = 0;
  let ended = 0;
  let at = 0;
  while (ended < count) {
    const nextStart = started < count ? majorAt(starts, started) : Number.POSITIVE_INFINITY;
    const boundary = Math.min(nextStart, majorAt(ends, ended) + 1);
    if (active.size > 0) {
      const cover = askCover(active);
      if (cover !== NO_COVER) out.write(at, boundary - 1, cover);
    }
    at = boundary;
    for (; started < count && majorAt(starts, started) === boundary; started += 1) {
      const group = minorAt(starts, started);
      active.set(group, (active.get(group) ?? 0) + 1);
    }
    for (; ended < count && majorAt(ends, ended) + 1 === boundary; ended += 1) {
      const group = minorAt(ends, ended);
      const left = (active.get(group) ?? 0) - 1;
      if (left === 0) active.delete(group);
      else active.set(group, left);
    }
  }
  return out.finish();
}

/** Index of the stretch that holds a position; -1: none does. */
export function findStretch({ firsts, lasts }: Stretches, position: number): number {
  const index = lastAtMost(firsts, position);
  return index !== -1 && (lasts[index] ?? 0) >= position ? index : -1;
}

/** Index of the last member of a sorted list that is not above `value`; -1: all are. */
export function lastAtMost(sorted: Uint32Array | Float64Array, value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] ?? 0) <= value) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

function rememberCovers(coverOf: (groups: readonly number[]) => number) {
  const single = new Map<number, number>();
  const several = new Map<string, number>();
  return (active: ReadonlyMap<number, number>): number => {
    if (active.size > 1) {
      const groups = [...active.keys()].sort((a, b) => a - b);
      const key = groups.join();
      const cover = several.get(key) ?? coverOf(groups);
      several.set(key, cover);
      return cover;
    }
    const [group = 0] = active.keys();
    const cover = single.get(group) ?? coverOf([group]);
    single.set(group, cover);
    return cover;
  };
}

/** Collects stretches in order, joining neighbours that are covered alike. */
function createStretchWriter(capacity: number) {
  const firsts = new Uint32Array(capacity);
  const lasts = new Uint32Array(capacity);
  const covers = new Uint32Array(capacity);
  let length = 0;
  return {
    write(first: number, last: number, cover: number): void {
      const before = length - 1;
      if (length > 0 && covers[before] === cover && lasts[before] === first - 1) {
        lasts[before] = last;
        return;
      }
      firsts[length] = first;
      lasts[length] = last;
      covers[length] = cover;
      length += 1;
    },
    finish(): Stretches {
      return {
        firsts: firsts.slice(0, length),
        lasts: lasts.slice(0, length),
        covers: covers.slice(0, length),
      };
    },
  };
}

/** Which of the two 32-bit words of a 64-bit integer comes first depends on the machine. */
const IS_LITTLE_ENDIAN = new Uint8Array(Uint32Array.of(1).buffer)[0] === 1;
const MAJOR = IS_LITTLE_ENDIAN ? 1 : 0;
const MINOR = 1 - MAJOR;

/** Pairs sorted by their first member, then by the second: as 64-bit integers, the engine sorts them natively. */
function sortPairs(majors: Uint32Array, minors: Uint32Array): Uint32Array {
  const words = new Uint32Array(2 * majors.length);
  for (let index = 0; index < majors.length; index += 1) {
    words[2 * index + MAJOR] = majors[index] ?? 0;
    words[2 * index + MINOR] = minors[index] ?? 0;
  }
  new BigUint64Array(words.buffer).sort();
  return words;
}

function majorAt(pairs: Uint32Array, index: number): number {
  return pairs[2 * index + MAJOR] ?? 0;
}

function minorAt(pairs: Uint32Array, index: number): number {
  return pairs[2 * index + MINOR] ?? 0;
}
