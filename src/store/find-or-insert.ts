import type { Database } from 'better-sqlite3';
import type { Selectable } from 'kysely';
import type { InventorySchema } from './schema.js';

/** Tables whose rows have a number of their own. */
export type NumberedTable = {
  [Table in keyof InventorySchema]: 'id' extends keyof InventorySchema[Table] ? Table : never;
}[keyof InventorySchema];

/** A row of a table as it is read and written, without its number. */
export type Row<Table extends keyof InventorySchema> = Omit<Selectable<InventorySchema[Table]>, 'id'>;

/** Looks a fact up by its natural key and writes it when it is new. */
export type FindOrInsert<Table extends NumberedTable> = (row: Row<Table>) => {
  readonly id: number;
  readonly isNew: boolean;
};

type Column<Table extends keyof InventorySchema> = Extract<keyof Row<Table>, string>;

/**
 * Prepares `FindOrInsert` for a table. Names of tables and columns are those of the schema, checked by the compiler;
 * statements that run once per endpoint are prepared here by hand, because building each anew would cost more than
 * running it.
 */
export function prepareFindOrInsert<Table extends NumberedTable>(
  database: Database,
  table: Table,
  naturalKey: readonly Column<Table>[],
  otherColumns: readonly Column<Table>[],
): FindOrInsert<Table> {
  const where = naturalKey.map((column) => `${column} = @${column}`).join(' and ');
  const select = database.prepare<[Row<Table>], number>(`select id from ${table} where ${where}`).pluck();
  const insert = prepareInsert(database, table, [...naturalKey, ...otherColumns]);
  return (row) => {
    const found = select.get(row);
    if (found !== undefined) return { id: found, isNew: false };
    return { id: Number(insert(row).lastInsertRowid), isNew: true };
  };
}

/** Prepares writing a row, or leaving things as they are when its natural key is there already. */
export function prepareInsert<Table extends keyof InventorySchema>(
  database: Database,
  table: Table,
  columns: readonly Column<Table>[],
) {
  const values = columns.map((column) => `@${column}`).join(', ');
  const text = `insert into ${table} (${columns.join(', ')}) values (${values}) on conflict do nothing`;
  const statement = database.prepare<[Row<Table>]>(text);
  return (row: Row<Table>) => statement.run(row);
}
