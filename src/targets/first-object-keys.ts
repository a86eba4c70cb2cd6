/** A string, whole or cut off by the end of the text, with the colon that makes it a key; or a bracket. */
const TOKEN = /"([^"\\]*(?:\\.[^"\\]*)*)(?:"(\s*:)?|\\?$)|[{}[\]]/gs;

/**
 * The keys of the first JSON object of a text that begins with one, or with a list of them; none where it does not. The
 * text may end anywhere: then these are the keys up to there.
 */
export function firstObjectKeys(beginning: string): ReadonlySet<string> {
  const keys = new Set<string>();
  const start = /^\s*(?:\[\s*)?(?=\{)/.exec(beginning);
  if (start === null) return keys;
  let depth = 0;
  TOKEN.lastIndex = start[0].length;
  for (let match = TOKEN.exec(beginning); match !== null; match = TOKEN.exec(beginning)) {
    const [token, key, colon] = match;
    if (key !== undefined) {
      if (depth === 1 && colon !== undefined) keys.add(key);
    } else if (token === '{' || token === '[') depth += 1;
    else depth -= 1;
    if (depth === 0) break;
  }
  return keys;
}
