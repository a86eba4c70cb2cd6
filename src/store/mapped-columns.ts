import type { Database } from 'better-sqlite3';
import type { InventorySchema } from './schema.js';

/** Pieces of a statement that copies the rows of a table from an attached inventory. */
export interface MappedColumns {
  /** All columns but the row's own number, and but what was to be left out. */
  readonly columns: readonly string[];
  /** What each takes from the row `source`: itself, or where it is the number of a row, that of the same row here. */
  readonly values: readonly string[];
  /** Joins that look these numbers up. */
  readonly joins: string;
}

interface ColumnInfo {
  readonly name: string;
  readonly notnull: number;
}

interface ReferenceInfo {
  readonly from: string;
  readonly table: string;
}

/** The table that tells, for the rows of a table in the inventory that is being merged, which rows they are here. */
export function mergedTable(table: string): string {
  return `temp.merged_${table}`;
}

/** Reads from the schema how rows of a table are copied; what is added to the schema is copied, too. */
export function readMappedColumns(
  database: Database,
  table: keyof InventorySchema,
  { except = 'id' } = {},
): MappedColumns {
  const columns = database
    .prepare<[string, string], ColumnInfo>(
      `select name, "notnull" from pragma_table_info(?, 'main') where name not in ('id', ?)`,
    )
    .all(table, except);
  const references = database
    .prepare<[string], ReferenceInfo>(`select "from", "table" from pragma_foreign_key_list(?, 'main')`)
    .all(table);
  const tableOf = new Map(references.map((each) => [each.from, each.table]));
  const joins: string[] = [];
  const values = columns.map(({ name, notnull }) => {
    const referred = tableOf.get(name);
    if (referred === undefined) return `source.${name}`;
    // A cross join keeps SQLite to this order: the rows to be copied outside, the lookups inside.
    joins.push(
      `${notnull === 1 ? 'cross' : 'left'} join ${mergedTable(referred)} as to_${name} on to_${name}.source_id = source.${name}`,
    );
    return `to_${name}.id`;
  });
  return { columns: columns.map(({ name }) => name), values, joins: joins.join('\n') };
}

/** The statement that copies the rows of a table from an attached inventory, and leaves alone what is there already. */
export function copyRowsSql(
  database: Database,
  attached: string,
  table: keyof InventorySchema,
  { where = 'true', onConflict = 'do nothing' } = {},
): string {
  const { columns, joins, values } = readMappedColumns(database, table);
  return `insert into main.${table} (${columns.join(', ')})
    select ${values.join(', ')} from ${attached}.${table} as source ${joins}
    where ${where}
    on conflict ${onConflict}`;
}
