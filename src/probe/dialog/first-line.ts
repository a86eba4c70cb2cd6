import { toPrintable } from './printable.js';

/** The shortest text without a line end that is taken for words: single letters are answers of binary protocols. */
const FEWEST_BYTES = 4;

/** The first line of what a peer said, fit to be shown; null when it said nothing, or nothing that is text. */
export function readFirstLine(words: Buffer): string | null {
  if (words.length < FEWEST_BYTES && !words.includes(0x0a)) return null;
  const [line = ''] = words
    .toString('utf8')
    .trimStart()
    .split(/[\r\n]/, 1);
  // Byte 0 stands in no text, and what is not UTF-8 in the first line is rather a binary protocol than a language.
  if (/[\0\u{fffd}]/u.test(line)) return null;
  const printable = toPrintable(line);
  return printable === '' ? null : printable;
}
