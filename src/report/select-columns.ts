import { UsageError } from '../model/usage-error.js';
import { COLUMNS, type Column } from './columns.js';

/** Reads what `--fields` says: ids or titles of columns with commas between, in any case and spacing. */
export function selectColumns(fields: string): readonly Column[] {
  const names = fields
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
  if (names.length === 0)
    throw new UsageError('--fields names no field: give ids or titles with commas between');
  return names.map(findColumn);
}

/** The column of an id or title. */
function findColumn(name: string): Column {
  const wanted = simplify(name);
  const found = COLUMNS.find(({ id, title }) => simplify(id) === wanted || simplify(title) === wanted);
  if (found) return found;
  throw new UsageError(
    `--fields: there is no field ${JSON.stringify(name)}: did you mean ${nearest(wanted)}?`,
  );
}

function simplify(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, '');
}

/** The column that begins with what was written, or else the one with the fewest letters to mend. */
function nearest(wanted: string): string {
  const begun = COLUMNS.find(({ id }) => wanted !== '' && simplify(id).startsWith(wanted));
  if (begun) return begun.id;
  const ranked = COLUMNS.map(({ id, title }) => ({
    id,
    distance: Math.min(editDistance(simplify(id), wanted), editDistance(simplify(title), wanted)),
  }));
  return ranked.reduce((best, each) => (each.distance < best.distance ? each : best)).id;
}

/** How many letters must be added, dropped or changed to make one word of the other (Levenshtein). */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (const [i, letter] of [...a].entries()) {
    const next = [i + 1];
    for (let j = 0; j < b.length; j += 1) {
      const change = (row[j] ?? 0) + (letter === b[j] ? 0 : 1);
      next.push(Math.min(change, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
