/** Longer words are no slip of the finger, and comparing them would cost. */
const MAX_WORD_LENGTH = 32;

/** The end of a message about an unknown word: the nearest known word, and all of them. */
export function didYouMean(word: string, known: readonly string[]): string {
  const near = nearestOf(word, known);
  return `${near === null ? '' : `, did you mean "${near}"`} (known: ${known.join(', ')})`;
}

/** The known word that is one slip away, or one slip for every four letters; null: none is. Equals: the longest. */
export function nearestOf(word: string, known: readonly string[]): string | null {
  if (word.length > MAX_WORD_LENGTH) return null;
  const folded = word.toLowerCase();
  let best: string | null = null;
  let bestDistance = Math.max(1, Math.floor(word.length / 4)) + 1;
  for (const candidate of known) {
    const distance = editDistance(folded, candidate.toLowerCase());
    const isLonger = distance === bestDistance && best !== null && candidate.length > best.length;
    if (distance < bestDistance || isLonger) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}

/** Letters to insert, delete, replace or swap with their neighbour (Damerau, 1964; restricted form). */
function editDistance(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= b.length; column += 1) {
      const isSame = a[row - 1] === b[column - 1];
      let cost = Math.min(
        (last[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (last[column - 1] ?? 0) + (isSame ? 0 : 1),
      );
      if (row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]) {
        cost = Math.min(cost, (beforeLast[column - 2] ?? 0) + 1);
      }
      current.push(cost);
    }
    beforeLast = last;
    last = current;
  }
  return last[b.length] ?? 0;
}
