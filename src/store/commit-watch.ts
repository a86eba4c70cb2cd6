import type { Database } from 'better-sqlite3';
import { describeStoreError } from './describe-store-error.js';
import { openDatabase } from './open-database.js';

/** Tells whether anybody has changed an inventory meanwhile: whoever read it before and after saw the same. */
export class CommitWatch {
  readonly #path: string;
  readonly #database: Database;
  #version: unknown;

  constructor(path: string) {
    this.#path = path;
    this.#database = openDatabase(path, { readOnly: true });
  }

  /** Watches from now on. */
  start(): void {
    this.#version = this.#readVersion();
  }

  /** Whether something may have been saved since. */
  hasChanged(): boolean {
    return this.#readVersion() !== this.#version;
  }

  /** Closes the file; the watch is of no use afterwards. */
  close(): void {
    this.#database.close();
  }

  /** A number that another one takes the place of whenever another connection, of any process, has saved something. */
  #readVersion(): unknown {
    try {
      return this.#database.pragma('data_version', { simple: true });
    } catch (error) {
      throw describeStoreError(error, this.#path, 'read');
    }
  }
}
