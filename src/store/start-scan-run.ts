import type { Database } from 'better-sqlite3';
import type { PlanSelection } from '../model/plan-selection.js';
import type { ScanRun } from '../model/scan-run.js';
import type { Row } from './find-or-insert.js';
import { toPlanSelectionRow } from './plan-selection-row.js';
import { toScanRunRow } from './scan-run-row.js';

/**
 * The number before that of the first run. SQLite keeps 0 and 1 without a byte of their own, so that all rows of
 * `current_endpoint`, written one by one into full pages, would grow with the second run and split each of these.
 */
const BEFORE_FIRST = 1;

/**
 * Makes a scan run known, with the part of its plan that it visits. One that is known already runs again, as a resumed
 * one does, and stays otherwise as it is: packed observations count their time from its start.
 */
export function startScanRun(database: Database, run: ScanRun, selection: PlanSelection | undefined): void {
  const saveRun = database
    .prepare<[Row<'scan_run'>], number>(
      `insert into scan_run (id, uuid, definition, started_at, ended_at, state, plan_size, counts, is_provisional)
      select coalesce(max(id), ${BEFORE_FIRST}) + 1,
        @uuid, @definition, @started_at, @ended_at, @state, @plan_size, @counts, @is_provisional
      from scan_run where true
      on conflict (uuid) do update set state = excluded.state, ended_at = excluded.ended_at
      returning id`,
    )
    .pluck();
  const saveSelection = database.prepare<[number | undefined, Uint8Array, Uint8Array]>(
    'insert into plan_selection (run_id, first, without) values (?, ?, ?) on conflict do nothing',
  );
  database
    .transaction(() => {
      const id = saveRun.get(toScanRunRow(run));
      if (selection === undefined) return;
      const { first, without } = toPlanSelectionRow(selection);
      saveSelection.run(id, first, without);
    })
    .immediate();
}
