/** Tells whether a text fits. */
export type Pattern = (text: string) => boolean;

/**
 * Reads a pattern in which `*` stands for any text, in any case of letters.
 *
 * Why no regular expression: what is matched comes from peers, and several `.*` in one cost a power of its length.
 */
export function readPattern(written: string): Pattern {
  const parts = written.toLowerCase().split('*');
  const [first = '', ...rest] = parts;
  const last = rest.pop();
  if (last === undefined) return (text) => text.toLowerCase() === first;
  return (text) => {
    const folded = text.toLowerCase();
    if (folded.length < first.length + last.length) return false;
    if (!folded.startsWith(first) || !folded.endsWith(last)) return false;
    const end = folded.length - last.length;
    let at = first.length;
    for (const part of rest) {
      const found = folded.indexOf(part, at);
      if (found < 0 || found + part.length > end) return false;
      at = found + part.length;
    }
    return true;
  };
}

/** Reads patterns of which one must fit; none: nothing fits. */
export function readPatterns(written: readonly string[]): Pattern {
  const patterns = written.map(readPattern);
  return (text) => patterns.some((fits) => fits(text));
}
