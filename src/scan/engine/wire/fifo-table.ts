/**
 * A bounded table that forgets what came first. Two tables of the same bounds that take the same weights in the same order
 * hold the same, which is how both sides of a thread know what need not be sent again.
 */
export interface FifoTable<Key, Value> {
  readonly size: number;
  get(key: Key): Value | undefined;
  /** Takes a new entry; `key` must not be held. It may be forgotten at once, when it alone is too heavy. */
  add(key: Key, value: Value, weight: number): void;
}

/** The most that a table holds. */
export interface FifoBounds {
  readonly entries: number;
  /** In the unit of the weights. */
  readonly weight: number;
}

/** Forgetting goes by the batch: finding the oldest entry of a Map costs more, the more were deleted before it. */
const KEPT_SHARE = 7 / 8;

/** Makes an empty table. */
export function makeFifoTable<Key, Value>(bounds: FifoBounds): FifoTable<Key, Value> {
  // A Map iterates in the order of insertion.
  const held = new Map<Key, { readonly value: Value; readonly weight: number }>();
  let total = 0;

  function forget(): void {
    for (const [key, { weight }] of held) {
      if (held.size <= bounds.entries * KEPT_SHARE && total <= bounds.weight * KEPT_SHARE) return;
      held.delete(key);
      total -= weight;
    }
  }

  return {
    get size() {
      return held.size;
    },
    get: (key) => held.get(key)?.value,
    add(key, value, weight) {
      held.set(key, { value, weight });
      total += weight;
      if (held.size > bounds.entries || total > bounds.weight) forget();
    },
  };
}
