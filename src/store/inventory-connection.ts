import type { Database } from 'better-sqlite3';
import { Kysely, SqliteDialect } from 'kysely';
import { describeStoreError, type StoreWork } from './describe-store-error.js';
import { type OpenOptions, openDatabase } from './open-database.js';
import type { InventorySchema } from './schema.js';

/** The open file of an inventory, and how it is worked on: whatever fails is told in the words of the store. */
export class InventoryConnection {
  readonly path: string;
  protected readonly options: OpenOptions;
  protected readonly database: Database;
  protected readonly db: Kysely<InventorySchema>;

  constructor(path: string, options: OpenOptions) {
    this.path = path;
    this.options = options;
    this.database = openDatabase(path, options);
    this.db = new Kysely<InventorySchema>({ dialect: new SqliteDialect({ database: this.database }) });
  }

  /** Closes the file; the inventory is of no use afterwards. */
  async close(): Promise<void> {
    await this.work('save', () => this.database.close());
  }

  protected async work<Result>(work: StoreWork, action: () => Result | Promise<Result>): Promise<Result> {
    try {
      return await action();
    } catch (error) {
      throw describeStoreError(error, this.path, work);
    }
  }

  /** Reads over a connection of its own: rows come from one moment, and saving goes on meanwhile. */
  protected async *stream<Item>(read: (database: Database) => Iterable<Item>): AsyncGenerator<Item> {
    const database = openDatabase(this.path, { ...this.options, create: false, readOnly: true });
    try {
      database.exec('begin');
      yield* read(database);
    } catch (error) {
      throw describeStoreError(error, this.path, 'read');
    } finally {
      database.close();
    }
  }
}
