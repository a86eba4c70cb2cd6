/** Facts kept at hand while rows are read: rows that lie side by side often share them, and what is kept long is slow to be rid of. */
const REMEMBERED_FACTS = 1_000;

/**
 * Keeps facts that were read last, so that what many rows share is read once, and reads what is missing of a batch at
 * once; facts never change.
 */
export function rememberMany<Value>(
  readAll: (ids: readonly number[]) => Iterable<readonly [id: number, value: Value]>,
  most = REMEMBERED_FACTS,
): (ids: Iterable<number>) => ReadonlyMap<number, Value> {
  const remembered = new Map<number, Value>();
  return (ids) => {
    const asked = new Set(ids);
    if (remembered.size + asked.size > most) remembered.clear();
    const missing = [...asked].filter((id) => !remembered.has(id));
    if (missing.length > 0) for (const [id, value] of readAll(missing)) remembered.set(id, value);
    return remembered;
  };
}
