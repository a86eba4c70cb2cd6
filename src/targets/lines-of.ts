const LINE_END = /\r\n?|\n/g;

/** The lines of a text with their numbers from 1, whichever of the three line ends it has. */
export function* linesOf(text: string): Generator<readonly [number: number, line: string]> {
  let start = 0;
  let number = 1;
  for (const end of text.matchAll(LINE_END)) {
    yield [number, text.slice(start, end.index)];
    start = end.index + end[0].length;
    number += 1;
  }
  if (start < text.length) yield [number, text.slice(start)];
}
