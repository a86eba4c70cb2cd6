/** Longer words are no slip of the finger, and comparing them costs the product of the lengths. */
const MAX_WORD_LENGTH = 32;

/** Fewer letters begin too many words. */
const MIN_BEGINNING = 3;

/** Finds what was probably meant by a misspelt word: one slip away for every four letters or part of four, or its beginning; null. */
export function nearestWord(written: string, known: readonly string[]): string | null {
  if (written.length > MAX_WORD_LENGTH) return null;
  const folded = written.toLowerCase();
  let best: string | null = null;
  let bestDistance = Math.ceil(written.length / 4) + 1;
  for (const candidate of known) {
    // The first letter is the one that people get right: it settles what is equally near.
    const handicap = candidate.toLowerCase().startsWith(folded.charAt(0)) ? 0 : 0.5;
    const distance = editDistance(folded, candidate.toLowerCase()) + handicap;
    // A word of two letters is a slip away from any letter: that is no likeness.
    if (distance < bestDistance && distance < candidate.length) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best ?? onlyWordBeginningWith(folded, known);
}

function onlyWordBeginningWith(start: string, known: readonly string[]): string | null {
  if (start.length < MIN_BEGINNING) return null;
  const words = new Set(known.filter((word) => word.toLowerCase().startsWith(start)));
  return words.size === 1 ? ([...words][0] ?? null) : null;
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
