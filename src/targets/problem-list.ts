import { UsageError } from '../model/usage-error.js';
import { quoteWord } from './quote-word.js';

/** Errors that one message names; the rest are counted. */
const MAX_SHOWN = 5;

/** The mistakes found so far, so that a long file is mended in one go rather than line by line. */
export interface ProblemList {
  /** Notes that `word`, found at `place`, has a problem. */
  add(place: string, word: string, problem: string): void;
  /** Throws a UsageError that names the first few, if there are any. */
  throwIfAny(): void;
}

/** Makes an empty list of mistakes. */
export function createProblemList(): ProblemList {
  const shown: string[] = [];
  let count = 0;
  return {
    add(place, word, problem) {
      count += 1;
      if (shown.length < MAX_SHOWN) shown.push(`${place}: ${quoteWord(word)} ${problem}`);
    },
    throwIfAny() {
      if (count === 0) return;
      const more = count > MAX_SHOWN ? [`and ${count - MAX_SHOWN} more like these`] : [];
      throw new UsageError([...shown, ...more].join('\n'));
    },
  };
}
