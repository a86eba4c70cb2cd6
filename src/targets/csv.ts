/** One record of a CSV text. */
export interface CsvRecord {
  /** The line on which it begins, from 1. */
  readonly line: number;
  readonly cells: readonly string[];
  /** False: the text ended inside a quoted cell. */
  readonly isClosed: boolean;
}

const LINE_END = /\r\n?|\n/g;

/** Reads the records of a CSV text (RFC 4180, with any of the three line ends), header included. */
export function* readCsv(text: string, delimiter: ',' | ';' | '\t'): Generator<CsvRecord> {
  const plainText = new RegExp(`[^${delimiter}\\r\\n]*`, 'y');
  let at = 0;
  let line = 1;
  while (at < text.length) {
    const startLine = line;
    const cells: string[] = [];
    let isClosed = true;
    for (;;) {
      let value = '';
      if (text[at] === '"') {
        const quoted = readQuoted(text, at);
        ({ value, isClosed, end: at } = quoted);
        line += value.match(LINE_END)?.length ?? 0;
      }
      // Text after a closing quote is not RFC 4180; it is kept, so that a wrong address is seen to be wrong.
      plainText.lastIndex = at;
      const rest = plainText.exec(text)?.[0] ?? '';
      cells.push(value + rest);
      at += rest.length;
      if (text[at] !== delimiter) break;
      at += 1;
    }
    yield { line: startLine, cells, isClosed };
    at += text.startsWith('\r\n', at) ? 2 : 1;
    line += 1;
  }
}

/** Reads the quoted part of a cell whose opening quote is at `start`; two quotes stand for one. */
function readQuoted(text: string, start: number): { value: string; isClosed: boolean; end: number } {
  const pieces: string[] = [];
  let from = start + 1;
  for (;;) {
    const quote = text.indexOf('"', from);
    if (quote === -1) {
      pieces.push(text.slice(from));
      return { value: pieces.join('"'), isClosed: false, end: text.length };
    }
    pieces.push(text.slice(from, quote));
    if (text[quote + 1] !== '"') return { value: pieces.join('"'), isClosed: true, end: quote + 1 };
    from = quote + 2;
  }
}
