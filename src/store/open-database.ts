import { closeSync, mkdirSync, openSync, readFileSync, type Stats, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import Database from 'better-sqlite3';
import { UsageError } from '../model/usage-error.js';
import { addBareFunctions } from './bare-functions.js';
import { describeStoreError } from './describe-store-error.js';
import { LATEST_VERSION, migrateDatabase } from './migrate-database.js';
import { addSqlFunctions } from './sql-functions.js';

/** Where inventories land unless the user names a place. */
export const DEFAULT_INVENTORY_PATH = 'scans/inventory.db';

/** Marks an SQLite file as an inventory of ours (`file` shows it): CSWP in ASCII. */
export const APPLICATION_ID = 0x43535750;

/** How long to wait for another process: a batch takes milliseconds to save, so ten seconds mean that it hangs. */
const BUSY_TIMEOUT_MS = 10_000;

/**
 * Pages kept at hand: endpoints come in a shuffled order, so that a scan writes all over the file, and each page that
 * SQLite's 2 MB do not hold is fetched again. 32 MB hold those of some five million silent endpoints.
 */
const CACHE_KIB = 32 * 1024;

/** Pages in the log before they are copied into the file, 16 MB: batches write the same ones again and again. */
const CHECKPOINT_PAGES = 4096;

/** An inventory lists the hosts of a network: it is its owner's alone. */
export const FILE_MODE = 0o600;

/** How to open an inventory. */
export interface OpenOptions {
  /** Makes the inventory when there is none; default: that is an error. */
  readonly create?: boolean;
  /** Leaves everything as it is but an older schema, which is brought up to date first. */
  readonly readOnly?: boolean;
  /** Opens for reading what has an older schema as it is; only to copy it. */
  readonly anyVersion?: boolean;
  /** How long to wait for another process that writes; default: ten seconds. */
  readonly busyTimeoutMs?: number;
}

/** Opens an inventory's file, makes sure that it is one, and brings its schema up to date. */
export function openDatabase(path: string, options: OpenOptions): Database.Database {
  if (/^postgres(?:ql)?:/.test(path))
    throw new UsageError(`${path} is a PostgreSQL address, but an inventory is an SQLite file: name a file`);
  const file = resolve(path);
  let database: Database.Database | undefined;
  try {
    const isNew = prepareFile(path, file, options.create === true);
    database = options.readOnly ? connectToRead(file, options) : connect(file, options);
    checkOwnership(database, path, isNew || options.create === true);
    if (options.readOnly) {
      const version = schemaVersion(database);
      if (options.anyVersion || version === LATEST_VERSION) return database;
      database.close();
      bringUpToDate(path, version, options);
      database = connectToRead(file, options);
    } else {
      useWriteAheadLog(database);
      migrateDatabase(database, APPLICATION_ID);
    }
    return database;
  } catch (error) {
    database?.close();
    throw describeStoreError(error, path, 'open');
  }
}

/** Opens a file that SQLite reads, and closes it again when it cannot be used. */
function connect(source: string | Buffer, { readOnly, busyTimeoutMs }: OpenOptions): Database.Database {
  const timeout = busyTimeoutMs ?? BUSY_TIMEOUT_MS;
  const database = new Database(source, { readonly: readOnly === true, fileMustExist: true, timeout });
  try {
    database.pragma('foreign_keys = ON');
    // With WAL a power cut may cost the last batches, never the file.
    database.pragma('synchronous = NORMAL');
    database.pragma(`cache_size = ${-CACHE_KIB}`);
    database.pragma(`wal_autocheckpoint = ${CHECKPOINT_PAGES}`);
    // Inventories are handed around: nothing in their schema may call functions with side effects.
    database.pragma('trusted_schema = OFF');
    addBareFunctions(database);
    addSqlFunctions(database);
    database.pragma('user_version');
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/** With a write-ahead log, readers and the writer leave each other in peace. The file remembers it. */
function useWriteAheadLog(database: Database.Database): void {
  try {
    database.pragma('journal_mode = WAL');
  } catch (error) {
    // SQLite does not wait here. Whoever works on the file right now has opened it as we do, and takes this step too.
    if (!(error instanceof Database.SqliteError) || error.code !== 'SQLITE_BUSY') throw error;
  }
}

/**
 * Opens a file for reading. SQLite writes an index beside it even then; where that cannot be (a read-only disk,
 * somebody else's directory) and no log of unfinished work lies there, a copy in memory is read instead.
 */
function connectToRead(file: string, options: OpenOptions): Database.Database {
  try {
    return connect(file, options);
  } catch (error) {
    if (!isDenied(error) || find(`${file}-wal`)?.size) throw error;
    const bytes = readFileSync(file);
    bytes.fill(ROLLBACK_JOURNAL, JOURNAL_MODE_OFFSET, JOURNAL_MODE_OFFSET + 2);
    return connect(bytes, options);
  }
}

/** Where the header of an SQLite file says, once for writing and once for reading, how changes are logged. */
const JOURNAL_MODE_OFFSET = 18;

/** The way that needs no second file; a log beside the file (2) would not work in memory. */
const ROLLBACK_JOURNAL = 1;

/** Makes the file if it may; true when it did. */
function prepareFile(path: string, file: string, create: boolean): boolean {
  const stats = find(file);
  if (stats?.isDirectory()) throw new UsageError(`${path} is a directory: name a file in it`);
  if (stats) return false;
  if (!create)
    throw new UsageError(
      `there is no inventory ${path}: certsweep scan makes one, or name another with --db`,
    );
  const directory = dirname(file);
  if (path === DEFAULT_INVENTORY_PATH) mkdirSync(directory, { recursive: true });
  else if (!find(directory)?.isDirectory())
    throw new UsageError(`cannot make inventory ${path}: there is no directory ${dirname(path)}`);
  closeSync(openSync(file, 'a', FILE_MODE));
  return true;
}

function find(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch (error) {
    // A file where the path has a directory: there is nothing below it.
    if (error instanceof Error && 'code' in error && error.code === 'ENOTDIR') return undefined;
    throw error;
  }
}

/** Refuses databases that another program made, empty files that nobody asked to fill, and schemas of the future. */
function checkOwnership(database: Database.Database, path: string, mayFill: boolean): void {
  const applicationId = database.pragma('application_id', { simple: true });
  if (applicationId !== APPLICATION_ID) {
    const tables = database.prepare('select count(*) from sqlite_schema').pluck().get();
    if (applicationId !== 0 || tables !== 0)
      throw new UsageError(`${path} is an SQLite database of another program, not an inventory`);
    if (!mayFill)
      throw new UsageError(`${path} is empty: certsweep scan fills it, or name another with --db`);
    return;
  }
  const version = schemaVersion(database);
  if (version > LATEST_VERSION)
    throw new UsageError(
      `inventory ${path} was written by a newer certsweep (schema ${version}, this one knows up to ${LATEST_VERSION}): upgrade certsweep`,
    );
}

/** Whoever reads an inventory of an older certsweep reads it as this one would have written it. */
function bringUpToDate(path: string, version: number, { busyTimeoutMs }: OpenOptions): void {
  try {
    openDatabase(path, busyTimeoutMs === undefined ? {} : { busyTimeoutMs }).close();
  } catch (error) {
    if (!isDenied(error instanceof Error ? error.cause : null)) throw error;
    throw new UsageError(
      `inventory ${path} has schema ${version}, this certsweep reads ${LATEST_VERSION}, and it cannot be brought up to date as it cannot be written: copy it elsewhere and name the copy`,
      { cause: error },
    );
  }
}

function isDenied(error: unknown): boolean {
  return error instanceof Database.SqliteError && /^SQLITE_(?:CANTOPEN|READONLY)/.test(error.code);
}

function schemaVersion(database: Database.Database): number {
  return Number(database.pragma('user_version', { simple: true }));
}
