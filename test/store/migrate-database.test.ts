import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { LATEST_VERSION, migrateDatabase } from '../../src/store/migrate-database.js';
import * as registry from '../../src/store/migrations/index.js';

describe('migrating', () => {
  it('has one migration for each version', () => {
    const versions = Object.values(registry).map(({ version }) => version);
    expect(versions.sort((a, b) => a - b)).toEqual(versions.map((_, index) => index + 1));
    expect(LATEST_VERSION).toBe(versions.length);
  });

  it('takes an empty database to the latest version, and leaves it there', () => {
    const database = new Database(':memory:');
    migrateDatabase(database, 42);
    const schema = database.prepare('select sql from sqlite_schema').pluck().all();
    expect(database.pragma('user_version', { simple: true })).toBe(LATEST_VERSION);
    expect(database.pragma('application_id', { simple: true })).toBe(42);
    migrateDatabase(database, 42);
    expect(database.prepare('select sql from sqlite_schema').pluck().all()).toEqual(schema);
    database.close();
  });

  it('changes nothing when a step fails', () => {
    const database = new Database(':memory:');
    database.exec('create table observation (stranger)');
    expect(() => migrateDatabase(database, 42)).toThrow('already exists');
    expect(database.prepare('select name from sqlite_schema').pluck().all()).toEqual(['observation']);
    expect(database.pragma('application_id', { simple: true })).toBe(0);
    database.close();
  });

  it('keeps every table in the strict form', () => {
    const database = new Database(':memory:');
    migrateDatabase(database, 42);
    const tables = database
      .prepare("select name, strict from pragma_table_list where name not like 'sqlite_%'")
      .all();
    expect(tables.length).toBeGreaterThan(10);
    for (const table of tables) expect(table).toHaveProperty('strict', 1);
    database.close();
  });
});
