import type { Database } from 'better-sqlite3';

/**
 * Merges what another inventory says, attached to the connection under a name, as `mergeAnnotationFacts` does; tells how
 * many entries are new or other than before.
 */
export function mergeAnnotations(database: Database, attached: string): number {
  // `where true` keeps the parser from taking `on conflict` for the condition of a join.
  return database
    .prepare(
      `insert into main.annotation (subject, field, name, value, changed_at)
      select subject, field, name, value, changed_at from "${attached.replaceAll('"', '""')}".annotation where true
      on conflict (subject, field, name) do update set value = excluded.value, changed_at = excluded.changed_at
      where excluded.changed_at > annotation.changed_at or (
        excluded.changed_at = annotation.changed_at and excluded.value is not null
        and (annotation.value is null or excluded.value > annotation.value))`,
    )
    .run().changes;
}
