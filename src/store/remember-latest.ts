/** Facts kept at hand while rows are read: most rows share a few, and memory stays small. */
const REMEMBERED_FACTS = 2_000;

/** Keeps what was read last, so that what many rows share is read once; facts never change. */
export function rememberLatest<Value>(
  read: (id: number) => Value,
  most = REMEMBERED_FACTS,
): (id: number) => Value {
  const remembered = new Map<number, Value>();
  return (id) => {
    let value = remembered.get(id);
    if (value === undefined) {
      value = read(id);
      if (remembered.size >= most) remembered.clear();
      remembered.set(id, value);
    }
    return value;
  };
}
