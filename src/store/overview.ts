import type { Database } from 'better-sqlite3';
import type { Selectable } from 'kysely';
import type { CurrentCounts, OverviewFacts } from '../model/overview-facts.js';
import type { RunSummary } from '../model/run-summary.js';
import { type CountedView, countCurrentView } from './count-current-view.js';
import { fromScanRunRow } from './scan-run-row.js';
import type { ScanRunTable } from './schema.js';
import { countMoments, countMomentsBefore } from './sorted-moments.js';
import { summarizeRun } from './summarize-run.js';

// Why numbers are kept: counting half a million endpoints takes seconds, and an overview should open at once. They follow
// from the facts alone: whoever saves forgets them in the same transaction, and whoever has finished counts anew. An
// overview of which nothing is kept is counted when it is asked for.

/** Runs of which an overview tells: what a line or a small chart has room for. */
const RUNS = 10;

/** Forgets what is kept of the current view; to be called in the transaction that changes it. */
export function forgetOverview(database: Database): void {
  database.exec('delete from overview');
}

/** Forgets what is kept of a run, by its UUID, and of the current view. */
export function forgetRunSummary(database: Database, run: string): void {
  database
    .prepare<[string]>('delete from run_summary where run_id = (select id from scan_run where uuid = ?)')
    .run(run);
  forgetOverview(database);
}

/** Counts all that an overview needs and is not kept, and keeps it; runs that go on are left out. */
export function refreshOverview(database: Database): void {
  const refresh = database.transaction(() => {
    const counting = database
      .prepare<[], { id: number }>(
        `select id from (select id, state from scan_run where is_provisional = 0 order by started_at desc, uuid desc limit ${RUNS})
        where state <> 'running' and id not in (select run_id from run_summary)`,
      )
      .all();
    const save = database.prepare<[RunSummary & { id: number }]>(
      `insert into run_summary (run_id, endpoints, certificates, expired, expiring, warnings, new_endpoints, new_certificates)
      values (@id, @endpoints, @certificates, @expired, @expiring, @warnings, @newEndpoints, @newCertificates)`,
    );
    for (const { id } of counting) save.run({ id, ...summarizeRun(database, id) });
    if (database.prepare('select 1 from overview').get() !== undefined) return;
    const { counts, expiries } = countCurrentView(database);
    database
      .prepare<[string, Buffer]>('insert into overview (id, content, expiries) values (1, ?, ?)')
      .run(JSON.stringify(counts), expiries);
  });
  if (database.inTransaction) refresh();
  else refresh.immediate();
}

/** Counts everything anew, where facts have joined that no method of the inventory has saved. */
export function rebuildOverview(database: Database): void {
  database.exec('delete from run_summary; delete from overview');
  refreshOverview(database);
}

/** Whether counting now is worth keeping: something is missing, and no run that goes on would have it forgotten at once. */
export function isOverviewMissing(database: Database): boolean {
  return (
    database
      .prepare<[], number>(
        `select not exists (select 1 from scan_run where state = 'running') and (
          not exists (select 1 from overview) or exists (
            select 1 from (select id from scan_run where is_provisional = 0 order by started_at desc, uuid desc limit ${RUNS})
            where id not in (select run_id from run_summary)))`,
      )
      .pluck()
      .get() === 1
  );
}

/** Reads what an overview is made of, and counts what is not kept. */
export function readOverview(database: Database): OverviewFacts {
  const read = database.transaction((): OverviewFacts => {
    const { counts, expiries } = readView(database) ?? countCurrentView(database);
    return {
      ...counts,
      withExpiry: countMoments(expiries),
      countEndingBefore: (moment) => countMomentsBefore(expiries, moment),
      runs: readRuns(database),
    };
  });
  return read();
}

function readView(database: Database): CountedView | null {
  const row = database
    .prepare<[], { content: string; expiries: Buffer }>('select content, expiries from overview')
    .get();
  // It is what `refreshOverview` wrote.
  return row ? { counts: JSON.parse(row.content) as CurrentCounts, expiries: row.expiries } : null;
}

function readRuns(database: Database): OverviewFacts['runs'] {
  const find = database.prepare<[number], RunSummary>(
    `select endpoints, certificates, expired, expiring, warnings, new_endpoints as newEndpoints,
      new_certificates as newCertificates
    from run_summary where run_id = ?`,
  );
  return database
    .prepare<[], Selectable<ScanRunTable>>(
      `select * from scan_run where is_provisional = 0 order by started_at desc, uuid desc limit ${RUNS}`,
    )
    .all()
    .map((row) => ({
      run: fromScanRunRow(row),
      summary: find.get(row.id) ?? (row.state === 'running' ? null : summarizeRun(database, row.id)),
    }));
}
