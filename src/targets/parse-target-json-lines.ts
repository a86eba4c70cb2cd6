import { firstContentLine } from './first-content-line.js';
import { linesOf } from './lines-of.js';
import { isProblem, type Problem } from './problem.js';
import { quoteWord } from './quote-word.js';
import type { TargetReader } from './target-reader.js';
import { readTargetColumn, readTargetRow, type TargetRow } from './target-row.js';

/** Whether the text is JSON lines: its first line begins an object, or the array that people write by mistake. */
export function isTargetJsonLines(text: string): boolean {
  return /^(?:\{|\[\s*(?:\{|$))/.test(firstContentLine(text));
}

/** Reads one target from each line: an object with `address`, `name`, `port`, `protocol` and `tags`. */
export function parseTargetJsonLines(text: string, source: string, reader: TargetReader): void {
  for (const [number, line] of linesOf(text)) {
    const content = line.trim();
    if (content === '' || content.startsWith('#')) continue;
    const place = `${source} line ${number}`;
    const row = readObject(content);
    if (isProblem(row)) reader.problems.add(place, content, row.problem);
    else readTargetRow(reader, row, { place });
  }
}

function readObject(line: string): TargetRow | Problem {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return { problem: 'is no JSON: write one whole object on each line, without commas between them' };
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return {
      problem: 'is no JSON object: write {"address": ...} on each line, without an array around them',
    };
  }
  const row: TargetRow = {};
  for (const [key, entry] of Object.entries(value)) {
    const column = readTargetColumn(key);
    if (isProblem(column)) return { problem: `has a key ${quoteWord(key)} that ${column.problem}` };
    if (column === null || entry === null) continue;
    const cell = readCell(entry, column === 'tags');
    if (cell === null) return { problem: `has a "${column}" that is no ${wordFor(column)}` };
    row[column] = cell;
  }
  return row;
}

function readCell(entry: unknown, mayBeList: boolean): string | null {
  if (typeof entry === 'string') return entry;
  if (typeof entry === 'number') return String(entry);
  if (!mayBeList || !Array.isArray(entry)) return null;
  return entry.every((item) => typeof item === 'string') ? entry.join(',') : null;
}

function wordFor(column: string): string {
  if (column === 'tags') return 'list of texts';
  return column === 'port' ? 'number' : 'text';
}
