/** What stands at the same place in two ordered streams; null: one of them has nothing there. */
export type Pair<Item> = readonly [before: Item, after: Item | null] | readonly [before: null, after: Item];

/**
 * Joins two streams that come in the same strict order, holding one item of each in memory. What both have the same is
 * left out of the pairs, and told to `passed` as what both have at all.
 */
export function* mergeOrdered<Item>(
  before: Iterable<Item>,
  after: Iterable<Item>,
  compare: (one: Item, other: Item) => number,
  isSame: (one: Item, other: Item) => boolean,
  passed: () => void,
): Generator<Pair<Item>> {
  const lefts = before[Symbol.iterator]();
  const rights = after[Symbol.iterator]();
  try {
    let left = lefts.next();
    let right = rights.next();
    while (!left.done || !right.done) {
      const order = left.done ? 1 : right.done ? -1 : compare(left.value, right.value);
      if (order < 0) {
        if (!left.done) yield [left.value, null];
        left = lefts.next();
      } else if (order > 0) {
        if (!right.done) yield [null, right.value];
        right = rights.next();
      } else {
        if (!left.done && !right.done) {
          passed();
          if (!isSame(left.value, right.value)) yield [left.value, right.value];
        }
        left = lefts.next();
        right = rights.next();
      }
    }
  } finally {
    lefts.return?.();
    rights.return?.();
  }
}
