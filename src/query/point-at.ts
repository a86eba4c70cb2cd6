import { UsageError } from '../model/usage-error.js';

/** A piece of the query: the places of its first character and of the one behind it. */
export interface Place {
  readonly start: number;
  readonly end: number;
}

/** Columns of the query that a message shows: they fit a terminal of 80. */
const WIDTH = 72;

/** Characters of a value that a message repeats: enough for it to be recognised. */
const QUOTED_CHARACTERS = 40;

/** Controls, format characters (bidirectional overrides, zero width), halves of characters and line separators. */
const UNSAFE = /[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/gu;

/** An error about a piece of a query: the message, the query around the piece in one line, and carets under the piece. */
export function pointAt(text: string, { start, end }: Place, message: string): UsageError {
  const from = Math.max(0, Math.min(start - WIDTH / 2, text.length - WIDTH));
  const before = makeSafe(text.slice(from, start));
  const shown = makeSafe(text.slice(from, from + WIDTH));
  const indent = from > 0 ? 1 : 0;
  const room = WIDTH - countCharacters(before);
  const marked = Math.min(
    Math.max(1, countCharacters(text.slice(start, Math.min(end, start + room)))),
    Math.max(1, room),
  );
  return new UsageError(
    [
      `query: ${message}`,
      `  ${from > 0 ? '…' : ''}${shown}${from + WIDTH < text.length ? '…' : ''}`,
      `  ${' '.repeat(indent + countCharacters(before))}${'^'.repeat(marked)}`,
    ].join('\n'),
  );
}

/** A piece of the query as a message repeats it: in quotes, on one line and not too long. */
export function quote(text: string): string {
  const safe = makeSafe(text.slice(0, QUOTED_CHARACTERS));
  return `"${safe}${text.length > QUOTED_CHARACTERS ? '…' : ''}"`;
}

/** One column a character, so that carets stand under what they mean. */
function makeSafe(text: string): string {
  return text.replace(/[\t\r\n]/g, ' ').replace(UNSAFE, '\ufffd');
}

function countCharacters(text: string): number {
  return [...text].length;
}
