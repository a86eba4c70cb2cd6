import type { Database } from 'better-sqlite3';
import type { Outcome } from '../model/outcome.js';
import type { ScanRun } from '../model/scan-run.js';
import { BARE_ENTRY_COUNT_SQL } from './bare-entry.js';

/** Counts the observations of a scan run by outcome, the most frequent first; outcomes that did not occur are absent. */
export function readOutcomeCounts(database: Database, run: string): ScanRun['counts'] {
  const rows = database
    .prepare<[{ run: string }], [Outcome, number]>(
      `with counts as (
        select outcome_id, count(*) as observations from observation
        where run_id = (select id from scan_run where uuid = @run)
        group by outcome_id
        union all
        select outcome_id, sum(${BARE_ENTRY_COUNT_SQL}) from bare_observation
        where run_id = (select id from scan_run where uuid = @run)
        group by outcome_id)
      select outcome.name, sum(observations) as total
      from counts inner join outcome on outcome.id = counts.outcome_id
      group by outcome.name order by total desc, outcome.name`,
    )
    .raw()
    .all({ run });
  return Object.fromEntries(rows);
}
