import { readCsv } from './csv.js';
import { firstContentLine } from './first-content-line.js';
import { isProblem } from './problem.js';
import type { TargetReader } from './target-reader.js';
import { readTargetColumn, readTargetRow, type TargetColumn, type TargetRow } from './target-row.js';

/** Spreadsheets of some countries write semicolons, and what is copied out of them has tabs. */
const DELIMITERS = [',', ';', '\t'] as const;
/** The headings that make a first line a header: a table of targets has at least one of them. */
const TELLING_HEADING = /^"?\s*(?:address|name)\s*"?$/i;

type Column = TargetColumn | null;

/** Whether the text is a table of targets: its first line is a header with a column `address` or `name`. */
export function isTargetCsv(text: string): boolean {
  return delimiterOf(text) !== null;
}

/** Reads a table of targets (RFC 4180, with a header), its columns in any order. */
export function parseTargetCsv(text: string, source: string, reader: TargetReader): void {
  let columns: readonly Column[] | null = null;
  for (const { line, cells, isClosed } of readCsv(text, delimiterOf(text) ?? ',')) {
    const place = `${source} line ${line}`;
    if (cells.every((cell) => cell.trim() === '') || cells[0]?.trimStart().startsWith('#')) continue;
    if (!isClosed) reader.problems.add(place, cells.at(-1) ?? '', 'has an opening quote and no closing one');
    else if (columns === null) columns = readHeader(cells, place, reader);
    else readTargetRow(reader, rowOf(columns, cells), { place });
  }
}

function readHeader(cells: readonly string[], place: string, reader: TargetReader): Column[] {
  const columns: Column[] = [];
  for (const heading of cells) {
    const column = readTargetColumn(heading);
    if (isProblem(column)) reader.problems.add(place, heading, column.problem);
    else if (column !== null && columns.includes(column)) {
      reader.problems.add(place, heading, 'is the heading of two columns: leave one of them out');
    }
    columns.push(isProblem(column) ? null : column);
  }
  return columns;
}

function rowOf(columns: readonly Column[], cells: readonly string[]): TargetRow {
  const row: TargetRow = {};
  for (const [index, column] of columns.entries()) {
    const cell = cells[index];
    if (column !== null && cell !== undefined) row[column] = cell;
  }
  return row;
}

function delimiterOf(text: string): (typeof DELIMITERS)[number] | null {
  const header = firstContentLine(text);
  return (
    DELIMITERS.find((delimiter) =>
      header.split(delimiter).some((cell) => TELLING_HEADING.test(cell.trim())),
    ) ?? null
  );
}
