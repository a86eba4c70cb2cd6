/** Two slips of the finger; more is another word. */
const MAXIMUM_DISTANCE = 2;
/** No key or id is longer, and the comparison costs the product of the lengths. */
const MAXIMUM_LENGTH = 64;

/** Finds what was probably meant by a misspelt name; null when nothing known is near. */
export function findNearestName(written: string, known: readonly string[]): string | null {
  if (written.length > MAXIMUM_LENGTH) return null;
  let nearest: { name: string; distance: number } | null = null;
  for (const name of known) {
    const distance = measureDistance(written.toLowerCase(), name.toLowerCase());
    if (
      distance <= Math.min(MAXIMUM_DISTANCE, name.length - 1) &&
      distance < (nearest?.distance ?? Infinity)
    ) {
      nearest = { name, distance };
    }
  }
  return nearest?.name ?? null;
}

/** Counts the insertions, deletions and replacements of one character between two words (Levenshtein). */
function measureDistance(a: string, b: string): number {
  let above = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = (above[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      row.push(Math.min(replaced, (above[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1));
    }
    above = row;
  }
  return above.at(-1) ?? 0;
}
