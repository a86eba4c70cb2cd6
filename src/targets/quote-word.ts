/** Characters of a faulty word that a message repeats: enough for any real name to be recognised. */
const MAX_LENGTH = 100;

/** A piece of the user's text as a message repeats it: in quotes, without control characters, and not too long. */
export function quoteWord(word: string): string {
  return JSON.stringify(word.length > MAX_LENGTH ? `${word.slice(0, MAX_LENGTH)}…` : word);
}
