import type { Database } from 'better-sqlite3';
import type { SavedReport } from '../model/saved-report.js';
import { InventoryError } from './inventory-error.js';

/** Reads all saved reports, by name. */
export async function readSavedReports(database: Database): Promise<SavedReport[]> {
  // What reads them is large, and nothing else that an inventory is opened for needs it.
  const { savedReportSchema } = await import('./saved-report-schema.js');
  const parse = (name: string, text: string) => {
    try {
      return savedReportSchema.parse(JSON.parse(text));
    } catch (error) {
      throw new InventoryError(`the saved report ${JSON.stringify(name)} cannot be read: remove it`, {
        cause: error,
      });
    }
  };
  return database
    .prepare<[], { name: string; definition: string }>(
      'select name, definition from saved_report where definition is not null order by name',
    )
    .all()
    .map(({ definition, name }) => ({ name, ...parse(name, definition) }));
}

/** Saves a report in place of the one of its name; who speaks last counts, even against a clock ahead of ours. */
export function writeSavedReport(database: Database, { name, ...definition }: SavedReport, at: number): void {
  save(database, name, JSON.stringify(definition), at);
}

/** Removes a report, which merges remember; false: there is none of that name. */
export function removeSavedReport(database: Database, name: string, at: number): boolean {
  const remove = database.transaction(() => {
    const known = database.prepare('select 1 from saved_report where name = ? and definition is not null');
    if (known.get(name) === undefined) return false;
    save(database, name, null, at);
    return true;
  });
  return remove.immediate();
}

function save(database: Database, name: string, definition: string | null, at: number): void {
  database
    .prepare<[string, string | null, number]>(
      `insert into saved_report (name, definition, changed_at) values (?, ?, ?)
      on conflict (name) do update set definition = excluded.definition,
        changed_at = max(excluded.changed_at, saved_report.changed_at + 1)
      where saved_report.definition is not excluded.definition`,
    )
    .run(name, definition, at);
}
