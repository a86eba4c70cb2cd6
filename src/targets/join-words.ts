/** Words on one line of what is kept: a million targets are a thousand texts, and an error still has a place. */
const WORDS_PER_TEXT = 1000;

/** Joins words of target text to texts of a length that people can find their way in. */
export function joinWords(words: readonly string[]): string[] {
  const texts: string[] = [];
  for (let start = 0; start < words.length; start += WORDS_PER_TEXT) {
    texts.push(words.slice(start, start + WORDS_PER_TEXT).join(' '));
  }
  return texts;
}
