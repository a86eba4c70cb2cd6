import type { Database } from 'better-sqlite3';
import type { Selectable } from 'kysely';
import type { OverviewFacts } from '../model/overview-facts.js';
import type { RunSummary } from '../model/run-summary.js';
import { ageCounts, type CountedView, countCurrentView } from './count-current-view.js';
import { type HeededSpan, hasHeededAnnotations } from './heed-annotations.js';
import { fromScanRunRow } from './scan-run-row.js';
import type { ScanRunTable } from './schema.js';
import { countMoments, countMomentsBefore } from './sorted-moments.js';
import { summarizeRun } from './summarize-run.js';

// Why numbers are kept: counting half a million endpoints takes seconds, and an overview should open at once. They follow
// from the facts and from what people accept: whoever saves forgets them in the same transaction, and whoever has finished
// something large counts anew. What is not kept, or no longer holds because somebody accepted something until now, is
// counted when it is asked for. Of the runs before, what was counted stays: it says what counted then.

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

/** A run that has seen less than one in so many of the endpoints is not worth counting all of them for. */
const WORTH_COUNTING = 10;

/** Counts anew after a run, by the number of its observations; after a small one, whoever looks first has it counted. */
export function refreshAfterRun(database: Database, observations: number, now: Date): void {
  const endpoints = database.prepare<[], number>('select count(*) from current_endpoint').pluck().get();
  if (observations * WORTH_COUNTING >= (endpoints ?? 0)) refreshOverview(database, now);
}

/** Counts all that an overview needs and is not kept, and keeps it; runs that go on are left out. */
export function refreshOverview(database: Database, now: Date): void {
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
    if (readView(database, now) !== null) return;
    const { counts, expiries, span } = countCurrentView(database, now);
    const content: KeptContent = {
      counts,
      span: endWithCertificates(database, span, now),
      asOf: now.getTime(),
    };
    database
      .prepare<[string, Buffer]>('insert or replace into overview (id, content, expiries) values (1, ?, ?)')
      .run(JSON.stringify(content), expiries);
  });
  if (database.inTransaction) refresh();
  else refresh.immediate();
}

/** Whether counting now is worth keeping: something is missing, and no run that goes on would have it forgotten at once. */
export function isOverviewMissing(database: Database, now: Date): boolean {
  const [isGoingOn, isRunMissing] = database
    .prepare<[], [number, number]>(
      `select exists (select 1 from scan_run where state = 'running'), exists (
        select 1 from (select id from scan_run where is_provisional = 0 order by started_at desc, uuid desc limit ${RUNS})
        where id not in (select run_id from run_summary))`,
    )
    .raw()
    .get() ?? [1, 0];
  return isGoingOn === 0 && (isRunMissing === 1 || readView(database, now) === null);
}

/** Reads what an overview is made of as of a moment, and counts what is not kept. */
export function readOverview(database: Database, now: Date): OverviewFacts {
  const read = database.transaction((): OverviewFacts => {
    const { counts, expiries } = readView(database, now) ?? countCurrentView(database, now);
    return {
      ...counts,
      withExpiry: countMoments(expiries),
      countEndingBefore: (moment) => countMomentsBefore(expiries, moment),
      runs: readRuns(database),
    };
  });
  return read();
}

/** What is kept of the current view besides when certificates end. */
interface KeptContent extends Pick<CountedView, 'counts' | 'span'> {
  /** Of which moment it is, milliseconds since 1970, UTC. */
  readonly asOf: number;
}

/** What people accept is told of each moment anew, and so is then what has expired. */
function endWithCertificates(database: Database, span: HeededSpan, now: Date): HeededSpan {
  if (!hasHeededAnnotations(database)) return span;
  const next = database
    .prepare<[number], number | null>('select min(not_after) from current_endpoint where not_after >= ?')
    .pluck()
    .get(now.getTime());
  if (next == null) return span;
  return { from: span.from, until: span.until === null ? next : Math.min(span.until, next) };
}

/** Null: nothing is kept, or it does not hold as of this moment. */
function readView(database: Database, now: Date): Omit<CountedView, 'span'> | null {
  const row = database
    .prepare<[], { content: string; expiries: Buffer }>('select content, expiries from overview')
    .get();
  if (row === undefined) return null;
  // It is what `refreshOverview` wrote, or an earlier version of it, which kept other numbers.
  const { asOf, counts, span }: Partial<KeptContent> = JSON.parse(row.content);
  if (asOf === undefined || counts === undefined || span === undefined) return null;
  const time = now.getTime();
  const holds = time >= Math.max(asOf, span.from ?? asOf) && (span.until === null || time <= span.until);
  if (!holds) return null;
  const isHeeded = span.until !== null || hasHeededAnnotations(database);
  return {
    counts: isHeeded ? counts : ageCounts(database, counts, new Date(asOf), now),
    expiries: row.expiries,
  };
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
