import type { Database } from 'better-sqlite3';

/**
 * Merges the saved reports of another inventory, attached to the connection under a name: of two of one name the one that
 * was saved or removed last counts, and at the same moment always the same; tells how many are other than before.
 */
export function mergeSavedReports(database: Database, attached: string): number {
  // `where true` keeps the parser from taking `on conflict` for the condition of a join.
  return database
    .prepare(
      `insert into main.saved_report (name, definition, changed_at)
      select name, definition, changed_at from "${attached.replaceAll('"', '""')}".saved_report where true
      on conflict (name) do update set definition = excluded.definition, changed_at = excluded.changed_at
      where excluded.changed_at > saved_report.changed_at or (
        excluded.changed_at = saved_report.changed_at and excluded.definition is not null
        and (saved_report.definition is null or excluded.definition > saved_report.definition))`,
    )
    .run().changes;
}
