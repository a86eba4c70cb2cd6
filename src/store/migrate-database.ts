import type { Database } from 'better-sqlite3';
import { Kysely, SqliteDialect } from 'kysely';
import * as registry from './migrations/index.js';
import { rebuildCurrentEndpoints } from './rebuild-current-endpoints.js';

const MIGRATIONS = Object.values(registry).sort((a, b) => a.version - b.version);

/** The version of the schema that this program reads and writes. */
export const LATEST_VERSION = MIGRATIONS.at(-1)?.version ?? 0;

/** Takes the schema, step by step, to the latest version: all steps or, when one fails, none. */
export function migrateDatabase(database: Database, applicationId: number): void {
  if (schemaVersion(database) >= LATEST_VERSION) return;
  const db = new Kysely<unknown>({ dialect: new SqliteDialect({ database }) });
  database
    .transaction(() => {
      // Read again: another process may have been faster.
      const version = schemaVersion(database);
      const missing = MIGRATIONS.filter((each) => each.version > version);
      for (const migration of missing)
        for (const statement of migration.statements(db)) database.exec(statement.compile().sql);
      // By then the schema is the one that this program knows.
      if (missing.some(({ keepsView }) => !keepsView)) {
        rebuildCurrentEndpoints(database);
      }
      database.pragma(`application_id = ${applicationId}`);
      database.pragma(`user_version = ${LATEST_VERSION}`);
    })
    .immediate();
}

function schemaVersion(database: Database): number {
  return Number(database.pragma('user_version', { simple: true }));
}
