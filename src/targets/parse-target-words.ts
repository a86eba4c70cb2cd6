import { linesOf } from './lines-of.js';
import { readTarget, type TargetReader } from './target-reader.js';

const WORD = /[^\s,;]+/g;
/** A `#` inside a word (the fragment of a URL) is part of the word. */
const COMMENT = /(?:^|[\s,;])#/;

/** Reads words of any target syntax, separated by commas, semicolons, white space and comments. */
export function parseTargetWords(text: string, source: string, isFile: boolean, reader: TargetReader): void {
  for (const [number, line] of linesOf(text)) {
    const comment = line.search(COMMENT);
    const words = (comment === -1 ? line : line.slice(0, comment)).match(WORD);
    if (words === null) continue;
    const origin = { place: isFile ? `${source} line ${number}` : source };
    for (const word of words) readTarget(reader, word, origin);
  }
}
