import { nearestWord } from '../model/nearest-word.js';

/** The end of a message about an unknown word: the nearest known word, and all of them. */
export function didYouMean(word: string, known: readonly string[]): string {
  const near = nearestWord(word, known);
  return `${near === null ? '' : `, did you mean "${near}"`} (known: ${known.join(', ')})`;
}
