import { nearestWord } from '../model/nearest-word.js';
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
  const near = nearestWord(
    wanted,
    COLUMNS.flatMap(({ id, title }) => [simplify(id), simplify(title)]),
  );
  const meant = near && COLUMNS.find(({ id, title }) => simplify(id) === near || simplify(title) === near);
  const hint = meant ? `did you mean ${meant.id}?` : `there are ${COLUMNS.map(({ id }) => id).join(', ')}`;
  throw new UsageError(`--fields: there is no field ${JSON.stringify(name)}: ${hint}`);
}

function simplify(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, '');
}

/** The column that begins with what was written, or else the one with the fewest letters to mend. */
