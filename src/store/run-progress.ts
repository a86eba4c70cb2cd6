import type { Database } from 'better-sqlite3';
import type { Kysely } from 'kysely';
import type { RunProgress } from '../model/run-progress.js';
import { InventoryError } from './inventory-error.js';
import type { InventorySchema } from './schema.js';

/** Reads how far a run has got with its plan; null: it has kept no account of it. */
export async function findRunProgress(db: Kysely<InventorySchema>, run: string): Promise<RunProgress | null> {
  const row = await db
    .selectFrom('run_progress')
    .innerJoin('scan_run', 'scan_run.id', 'run_progress.run_id')
    .select(['plan_digest', 'done_before', 'done_beyond', 'extra'])
    .where('scan_run.uuid', '=', run)
    .executeTakeFirst();
  if (row === undefined) return null;
  return {
    planDigest: row.plan_digest,
    doneBefore: row.done_before,
    doneBeyond: Uint8Array.from(row.done_beyond),
    extra: row.extra,
  };
}

/** Keeps how far a known run has got, in place of what was kept before. */
export type SaveRunProgress = (run: string, progress: RunProgress) => void;

/** Prepares keeping the progress of runs. */
export function prepareSaveRunProgress(database: Database): SaveRunProgress {
  const statement = database.prepare<[string, number, Uint8Array, number, string]>(
    `insert or replace into run_progress (run_id, plan_digest, done_before, done_beyond, extra)
    select id, ?, ?, ?, ? from scan_run where uuid = ?`,
  );
  return (run, { planDigest, doneBefore, doneBeyond, extra }) => {
    const { changes } = statement.run(planDigest, doneBefore, doneBeyond, extra, run);
    if (changes === 0) throw new InventoryError(`the inventory knows no scan run ${run}`);
  };
}
