import type { Database } from 'better-sqlite3';
import type { Row } from './find-or-insert.js';
import { copyRowsSql, mergedTable } from './mapped-columns.js';
import { mergeRunProgress } from './merge-run-progress.js';
import { mergeRunRows } from './merge-run-rows.js';
import { readOutcomeCounts } from './outcome-count.js';
import type { PlanSelectionTable, RunProgressTable } from './schema.js';

type RunRow = Row<'scan_run'> & { readonly id: number };

/** A run that both inventories know. */
export interface SharedRun {
  readonly uuid: string;
  /** Its number in the inventory that is merged. */
  readonly sourceId: number;
  readonly id: number;
  readonly sourceRow: Row<'scan_run'>;
  readonly row: Row<'scan_run'>;
}

/** Takes the runs of an attached inventory, and tells which were known already; these stay as they are for now. */
export function mergeNewRuns(database: Database, attached: string): SharedRun[] {
  const find = database.prepare<[string], RunRow>('select * from main.scan_run where uuid = ?');
  const all = database.prepare<[], RunRow>(`select * from ${attached}.scan_run order by id`).all();
  const shared = all.flatMap(({ id: sourceId, ...sourceRow }) => {
    const known = find.get(sourceRow.uuid);
    if (known === undefined) return [];
    const { id, ...row } = known;
    return [{ uuid: row.uuid, sourceId, id, sourceRow, row }];
  });
  database.exec(copyRowsSql(database, attached, 'scan_run'));
  const merged = mergedTable('scan_run');
  database.exec(`
    drop table if exists ${merged};
    create table ${merged} (source_id integer primary key, id integer not null, is_shared integer not null);
    insert into ${merged} (source_id, id, is_shared)
      select source.id, here.id, 0 from ${attached}.scan_run as source
      cross join main.scan_run as here on here.uuid = source.uuid`);
  const mark = database.prepare<[number]>(`update ${merged} set is_shared = 1 where source_id = ?`);
  for (const { sourceId } of shared) mark.run(sourceId);
  return shared;
}

/** Joins what both inventories know of the runs that they share; to be called before anything is taken that was observed. */
export function joinSharedRuns(database: Database, attached: string, shared: readonly SharedRun[]): void {
  const save = database.prepare<[RunRow]>(
    `update main.scan_run set definition = @definition, started_at = @started_at, ended_at = @ended_at,
      state = @state, plan_size = @plan_size, counts = @counts, is_provisional = @is_provisional
    where id = @id`,
  );
  for (const { id, row, sourceRow } of shared) save.run({ id, ...mergeRunRows(row, sourceRow) });
  joinProgress(database, attached, shared);
  joinSelections(database, attached, shared);
}

/** Counts anew what was observed in runs that were joined; one that goes on has not been counted yet. */
export function countSharedRuns(database: Database, shared: readonly SharedRun[]): void {
  const save = database.prepare<[string, number]>(
    `update main.scan_run set counts = ? where id = ? and state <> 'running'`,
  );
  for (const { id, uuid } of shared) save.run(JSON.stringify(readOutcomeCounts(database, uuid)), id);
}

function joinProgress(database: Database, attached: string, shared: readonly SharedRun[]): void {
  const findIn = (schema: string) =>
    database.prepare<[number], RunProgressTable>(`select * from ${schema}.run_progress where run_id = ?`);
  const [findSource, findHere] = [findIn(attached), findIn('main')];
  const save = database.prepare<[string, number, Uint8Array, number, number]>(
    `update main.run_progress set plan_digest = ?, done_before = ?, done_beyond = ?, extra = ? where run_id = ?`,
  );
  for (const { id, sourceId } of shared) {
    const [source, here] = [findSource.get(sourceId), findHere.get(id)];
    if (source === undefined || here === undefined) continue;
    const { planDigest, doneBefore, doneBeyond, extra } = mergeRunProgress(
      toProgress(here),
      toProgress(source),
    );
    save.run(planDigest, doneBefore, doneBeyond, extra, id);
  }
  database.exec(copyRowsSql(database, attached, 'run_progress'));
}

function toProgress(row: RunProgressTable) {
  const { plan_digest: planDigest, done_before: doneBefore, done_beyond: doneBeyond, extra } = row;
  return { planDigest, doneBefore, doneBeyond, extra };
}

/** A run visits one part of its plan: where inventories do not agree on it, always the same one counts. */
function joinSelections(database: Database, attached: string, shared: readonly SharedRun[]): void {
  const findIn = (schema: string) =>
    database.prepare<[number], PlanSelectionTable>(`select * from ${schema}.plan_selection where run_id = ?`);
  const [findSource, findHere] = [findIn(attached), findIn('main')];
  const save = database.prepare<[Uint8Array, Uint8Array, number]>(
    'update main.plan_selection set first = ?, without = ? where run_id = ?',
  );
  for (const { id, sourceId } of shared) {
    const [source, here] = [findSource.get(sourceId), findHere.get(id)];
    if (source === undefined || here === undefined) continue;
    const order = Buffer.compare(source.first, here.first) || Buffer.compare(source.without, here.without);
    if (order > 0) save.run(source.first, source.without, id);
  }
  database.exec(copyRowsSql(database, attached, 'plan_selection'));
}
