import type { Column, ColumnValue } from '../../report/columns.js';
import type { TableColumn } from './table.js';

/** Longer cells make rows that no terminal shows in one line; `export` writes them whole. */
const MAX_CELL_WIDTH = 80;

/** The columns of a table that shows these fields. */
export function toTableColumns(columns: readonly Pick<Column, 'title' | 'type'>[]): readonly TableColumn[] {
  return columns.map(({ title, type }) => ({
    title,
    maxWidth: MAX_CELL_WIDTH,
    align: type === 'integer' ? 'right' : 'left',
  }));
}

/** Writes a value for a table; empty: unknown. */
export function formatColumnCell(value: ColumnValue, type: Column['type']): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  if (typeof value !== 'string') return value.join('; ');
  return type === 'time' ? value.slice(0, 19).replace('T', ' ') : value;
}
