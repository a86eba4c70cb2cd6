import Database from 'better-sqlite3';
import { Kysely, SqliteDialect } from 'kysely';
import { describe, expect, it } from 'vitest';
import { openInventory } from '../../src/store/inventory.js';
import { LATEST_VERSION, migrateDatabase } from '../../src/store/migrate-database.js';
import * as registry from '../../src/store/migrations/index.js';
import { APPLICATION_ID } from '../../src/store/open-database.js';
import { makeEndpoint, makeRefused, RUNS } from './sample-observation.js';
import { useTemporaryDirectory } from './temporary-directory.js';

const inDirectory = useTemporaryDirectory();

/** Makes an inventory as a version of the past did. */
function makeOld(file: string, version: number): Database.Database {
  const database = new Database(file);
  const db = new Kysely<unknown>({ dialect: new SqliteDialect({ database }) });
  const steps = Object.values(registry).sort((a, b) => a.version - b.version);
  for (const step of steps.filter((each) => each.version <= version))
    for (const statement of step.statements(db)) database.exec(statement.compile().sql);
  database.pragma(`application_id = ${APPLICATION_ID}`);
  database.pragma(`user_version = ${version}`);
  return database;
}

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

  it('keeps what was observed before silence was packed, and who presents which chain', async () => {
    const file = inDirectory('inventory.db');
    const old = makeOld(file, 5);
    old.exec(`
      insert into scan_run values (1, '${RUNS[0]}', '{}', 1795341600000, null, 'running', 1, '{}');
      insert into endpoint values (1, '', x'c0000207', 443, 'tls', ''), (2, '', x'c0000208', 443, 'tls', '');
      insert into outcome values (1, x'01', 'refused', 'connect', 'ECONNREFUSED', 'connection refused');
      insert into outcome values (2, x'02', 'tls', null, null, null);
      insert into chain values (1, x'01'), (2, x'02');
      insert into posture values (1, x'01', '{}');
      insert into posture_chain values (1, 2);
      insert into judgement (id, content_hash, status, path_status, trust_stores, fingerprints, path_length)
      values (1, x'01', 'No certificate', 'none', '[]', x'', 0);
      insert into observation (endpoint_id, run_id, observed_at, outcome_id, chain_id, posture_id, judgement_id)
      values (1, 1, 1795341601234, 1, null, null, 1), (2, 1, 1795341601234, 2, 1, 1, 1);`);
    old.close();
    const inventory = openInventory(file);
    await inventory.saveBatch([makeRefused(makeEndpoint(), { observedAt: '2026-11-22T11:00:00.050Z' })]);
    const times: string[] = [];
    const history = { endpoint: makeEndpoint(), history: true, withOutcomes: true };
    for await (const { observedAt } of inventory.records(history)) times.push(observedAt);
    expect(times).toEqual(['2026-11-22T11:00:00.050Z', '2026-11-22T10:00:01.234Z']);
    await inventory.close();
    const database = new Database(file);
    expect(database.prepare('select * from endpoint_chain').raw().all()).toEqual([
      [1, 2],
      [2, 2],
    ]);
    expect(database.prepare('select count(*) from bare_observation').pluck().get()).toBe(0);
    expect(database.pragma('foreign_key_check')).toEqual([]);
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
      .prepare(
        "select name, strict from pragma_table_list where schema = 'main' and name not like 'sqlite_%'",
      )
      .all();
    expect(tables.length).toBeGreaterThan(10);
    for (const table of tables) expect(table).toHaveProperty('strict', 1);
    database.close();
  });
});
