import { readCsv } from '../targets/csv.js';
import { createLineReader, type LineReader } from '../targets/line-reader.js';

/** Characters of one record: a cell of a spreadsheet holds 32,767, and a record has some thirty. */
const MAX_RECORD_LENGTH = 16 * 1024 * 1024;

/** What takes the records, and refuses a text that has none. */
export interface CsvHandler {
  record(cells: readonly string[], line: number): void;
  fail(problem: string, line: number): never;
}

/** Cuts a CSV text (RFC 4180) that comes in pieces into records, the first of which decides what parts the cells. */
export function createCsvRecordReader(handler: CsvHandler): Pick<LineReader, 'write'> & { end(): void } {
  let delimiter: ',' | ';' | '\t' | null = null;
  let lines: string[] = [];
  let length = 0;
  let firstLine = 1;
  let isQuoted = false;

  const reader = createLineReader({
    fail: handler.fail,
    line(text, number) {
      if (lines.length === 0) firstLine = number;
      // A quote within quotes is two of them, so that their number tells whether the record goes on.
      if (countQuotes(text) % 2 === 1) isQuoted = !isQuoted;
      lines.push(text);
      length += text.length + 1;
      if (length > MAX_RECORD_LENGTH) handler.fail('has a quote that is never closed', firstLine);
      if (!isQuoted) finish();
    },
  });

  function finish(): void {
    const text = lines.join('\n');
    lines = [];
    length = 0;
    if (text.trim() === '') return;
    delimiter ??= ([',', ';', '\t'] as const).find((each) => text.includes(each)) ?? ',';
    for (const { cells } of readCsv(text, delimiter)) handler.record(cells, firstLine);
  }

  return {
    write: reader.write,
    end() {
      reader.end();
      if (isQuoted) handler.fail('ends within a quoted cell', firstLine);
    },
  };
}

function countQuotes(text: string): number {
  let count = 0;
  for (let at = text.indexOf('"'); at !== -1; at = text.indexOf('"', at + 1)) count += 1;
  return count;
}
