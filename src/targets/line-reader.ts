/** Characters of one line that are held: the longest real ones, of a host with all ports open, have some 3 million. */
const MAX_LINE_LENGTH = 16 * 1024 * 1024;

/** Cuts a text that comes in pieces into lines, whichever of the three line ends it has. */
export interface LineReader {
  write(text: string): void;
  /** Hands over the last line where no line end follows it, and gives its number; null: all lines have their ends. */
  end(): number | null;
}

/** What takes the lines, and refuses a text whose lines are too long. */
export interface LineHandler {
  line(text: string, number: number): void;
  fail(problem: string, number: number): never;
}

/** Makes a reader that hands each line, without its end, to a handler. */
export function createLineReader(handler: LineHandler): LineReader {
  let number = 1;
  let pieces: string[] = [];
  let length = 0;
  // A carriage return at the end of a piece may be followed by its line feed in the next.
  let endedInReturn = false;

  function keep(piece: string): void {
    length += piece.length;
    if (length > MAX_LINE_LENGTH) {
      handler.fail(`has a line of more than ${MAX_LINE_LENGTH / 1024 / 1024} million characters`, number);
    }
    if (piece !== '') pieces.push(piece);
  }

  function finishLine(): void {
    const line = pieces.join('');
    pieces = [];
    length = 0;
    handler.line(line, number);
    number += 1;
  }

  return {
    write(text) {
      let start = endedInReturn && text.startsWith('\n') ? 1 : 0;
      if (text !== '') endedInReturn = text.endsWith('\r');
      const lineEnd = /\r\n?|\n/g;
      lineEnd.lastIndex = start;
      for (let match = lineEnd.exec(text); match !== null; match = lineEnd.exec(text)) {
        keep(text.slice(start, match.index));
        finishLine();
        start = lineEnd.lastIndex;
      }
      keep(text.slice(start));
    },
    end() {
      if (pieces.length === 0) return null;
      finishLine();
      return number - 1;
    },
  };
}
