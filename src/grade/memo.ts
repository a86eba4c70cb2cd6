/** A bounded memory of what was computed: the least recently used goes when the weights exceed the capacity. */
export interface Memo<Value> {
  get(key: string): Value | undefined;
  /** Keeps a value; one that alone exceeds a sixteenth of the capacity is not kept, so that it cannot drive all others out. */
  set(key: string, value: Value, weight: number): void;
}

const LARGEST_SHARE = 1 / 16;
/** Forgetting goes by the batch: finding the oldest entry of a Map costs more, the more were deleted before it. */
const KEPT_SHARE = 7 / 8;

/** Makes an empty memo; `capacity` and weights are in the caller's unit (bytes, roughly). */
export function createMemo<Value>(capacity: number): Memo<Value> {
  // A Map iterates in the order of insertion: taken out and put back on each use, its first entry is the oldest.
  const entries = new Map<string, { readonly value: Value; readonly weight: number }>();
  let total = 0;

  return {
    get(key) {
      const entry = entries.get(key);
      if (entry === undefined) return undefined;
      entries.delete(key);
      entries.set(key, entry);
      return entry.value;
    },
    set(key, value, weight) {
      total -= entries.get(key)?.weight ?? 0;
      entries.delete(key);
      if (weight > capacity * LARGEST_SHARE) return;
      entries.set(key, { value, weight });
      total += weight;
      if (total > capacity) forgetOldest();
    },
  };

  function forgetOldest(): void {
    for (const [oldest, entry] of entries) {
      entries.delete(oldest);
      total -= entry.weight;
      if (total <= capacity * KEPT_SHARE) return;
    }
  }
}
