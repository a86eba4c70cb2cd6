import { nearestWord } from '../model/nearest-word.js';
import { UsageError } from '../model/usage-error.js';
import { COLUMNS, type Column } from './columns.js';

/** What users call a column. */
type Named = Pick<Column, 'id' | 'title'>;

/** Reads what `--fields` says of records: ids or titles of columns with commas between, in any case and spacing. */
export function selectColumns(fields: string): readonly Column[] {
  return selectFrom(COLUMNS, fields);
}

/** Reads what `--fields` says of anything that has columns. */
export function selectFrom<Some extends Named>(columns: readonly Some[], fields: string): readonly Some[] {
  const names = fields
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
  if (names.length === 0)
    throw new UsageError('--fields names no field: give ids or titles with commas between');
  return names.map((name) => findColumn(columns, name));
}

/** The column of an id or title. */
function findColumn<Some extends Named>(columns: readonly Some[], name: string): Some {
  const wanted = simplify(name);
  const found = columns.find(({ id, title }) => simplify(id) === wanted || simplify(title) === wanted);
  if (found) return found;
  const near = nearestWord(
    wanted,
    columns.flatMap(({ id, title }) => [simplify(id), simplify(title)]),
  );
  const meant = near && columns.find(({ id, title }) => simplify(id) === near || simplify(title) === near);
  const hint = meant ? `did you mean ${meant.id}?` : `there are ${columns.map(({ id }) => id).join(', ')}`;
  throw new UsageError(`--fields: there is no field ${JSON.stringify(name)}: ${hint}`);
}

function simplify(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, '');
}
