import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import { REPORT_SUBJECTS, type SavedReport } from '../model/saved-report.js';
import { InventoryError } from './inventory-error.js';

/** A definition as it is stored: another inventory may have brought it, and another hand written it. */
const definitionSchema = z.object({
  title: z.string().nullable(),
  of: z.enum(REPORT_SUBJECTS),
  fields: z.string().nullable(),
  where: z.string().nullable(),
  sort: z.string().nullable(),
  limit: z.int().positive().nullable(),
  outcomes: z.boolean(),
  format: z.string(),
  out: z.string(),
  schedule: z.string().nullable(),
  recipients: z.array(z.string()),
});

/** Reads all saved reports, by name. */
export function readSavedReports(database: Database): SavedReport[] {
  return database
    .prepare<[], { name: string; definition: string }>(
      'select name, definition from saved_report where definition is not null order by name',
    )
    .all()
    .map(({ definition, name }) => ({ name, ...parseDefinition(name, definition) }));
}

function parseDefinition(name: string, text: string): z.infer<typeof definitionSchema> {
  try {
    return definitionSchema.parse(JSON.parse(text));
  } catch (error) {
    throw new InventoryError(`the saved report ${JSON.stringify(name)} cannot be read: remove it`, {
      cause: error,
    });
  }
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
