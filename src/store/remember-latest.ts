/** Facts kept at hand while rows are read: most rows share a few, and memory stays small. */
const REMEMBERED_FACTS = 2_000;

/** Keeps what was read last, so that what many rows share is read once; facts never change. */
export function rememberLatest<Value, Key = number>(
  read: (key: Key) => Value,
  most = REMEMBERED_FACTS,
): (key: Key) => Value {
  const remembered = new Map<Key, Value>();
  return (key) => {
    let value = remembered.get(key);
    if (value === undefined) {
      value = read(key);
      if (remembered.size >= most) remembered.clear();
      remembered.set(key, value);
    }
    return value;
  };
}
