import type { Database } from 'better-sqlite3';
import { Kysely, SqliteDialect } from 'kysely';
import type { InventoryRecord } from '../model/inventory-record.js';
import { prepareCurrentRecords, type ReadCurrentRecords } from './current-records.js';
import { describeStoreError } from './describe-store-error.js';
import { listCurrentIds } from './list-current-ids.js';
import { openDatabase } from './open-database.js';
import { NO_ANNOTATIONS, readAnnotations } from './read-annotations.js';
import type { RecordQuery } from './record-query.js';
import type { InventorySchema } from './schema.js';

/** Pages kept at hand: rows lie all over the file, so that more would hold few that are asked for again. */
const CACHE_KIB = 4 * 1024;

/** Endpoints whose homes are told, four bytes each: beyond, 16 MB for each thread would go too far. */
const MOST_HOMES = 4_000_000;

/**
 * Reads records of what is true now in two steps, which may be those of two threads: the numbers of endpoints, and
 * records by such numbers. Whoever reads over several connections sees to it that they are `begin`-ed at one moment.
 */
export class RecordReader {
  readonly #path: string;
  readonly #query: RecordQuery;
  readonly #database: Database;
  readonly #db: Kysely<InventorySchema>;
  #annotations = NO_ANNOTATIONS;
  #read: ReadCurrentRecords = () => [];

  constructor(path: string, query: RecordQuery) {
    this.#path = path;
    this.#query = query;
    this.#database = openDatabase(path, { readOnly: true });
    this.#database.pragma(`cache_size = ${-CACHE_KIB}`);
    this.#db = new Kysely<InventorySchema>({ dialect: new SqliteDialect({ database: this.#database }) });
  }

  /** Whether it reads a copy of the file in memory, which others had better not make too. */
  get isCopy(): boolean {
    return this.#database.memory;
  }

  /** Reads from now on what is true at this moment; to be called before anything is read. */
  begin(): void {
    this.#tell(() => {
      if (this.#database.inTransaction) this.#database.exec('rollback');
      // A transaction sees what was there at its first look.
      this.#database.exec('begin');
      this.#annotations = readAnnotations(this.#database);
      this.#read = prepareCurrentRecords(this.#database, this.#db, this.#query, this.#annotations);
    });
  }

  /** No endpoint has a number above this; 0: there are none. */
  mostEndpoints(): number {
    return this.#tell(() => {
      const most = this.#database.prepare('select max(endpoint_id) from current_endpoint').pluck().get();
      return typeof most === 'number' ? most : 0;
    });
  }

  /**
   * The places of endpoints in the order in which their facts lie in the file, by their numbers: who reads in this order
   * reads what is side by side. Null: the inventory is too large to tell.
   */
  homes(): Uint32Array | null {
    const most = this.mostEndpoints();
    if (most > MOST_HOMES) return null;
    const homes = new Uint32Array(most + 1);
    this.#tell(() => {
      // Certificates take most of the file, and what is judged of them lies in the same order; an index has it.
      const ids = this.#database
        .prepare<[], number>('select endpoint_id from current_endpoint order by certificate_id, endpoint_id')
        .pluck();
      let place = 0;
      for (const id of ids.iterate()) {
        homes[id] = place;
        place += 1;
      }
    });
    return homes;
  }

  /** The numbers of the endpoints that are asked for, in their order. */
  *ids(): Generator<readonly number[]> {
    const ids = this.#tell(() => listCurrentIds(this.#database, this.#db, this.#query, this.#annotations));
    try {
      for (let next = this.#tell(() => ids.next()); !next.done; next = this.#tell(() => ids.next()))
        yield next.value;
    } finally {
      ids.return(undefined);
    }
  }

  /** The records of endpoints by their numbers, each at the same place. */
  read(ids: readonly number[]): readonly (InventoryRecord | undefined)[] {
    return this.#tell(() => this.#read(ids));
  }

  /** Closes the file; the reader is of no use afterwards. */
  close(): void {
    this.#database.close();
  }

  #tell<Result>(work: () => Result): Result {
    try {
      return work();
    } catch (error) {
      throw describeStoreError(error, this.#path, 'read');
    }
  }
}
