import type { Database } from 'better-sqlite3';
import { decodeBareEntries, joinBareEntries, listBareEntries } from './bare-entry.js';

/** Packed rows of one block, port and protocol stand together: so many are read at once. */
const GROUPS_AT_ONCE = 1000;

type Place = [block: Buffer, port: number, protocol: string];

interface PackedRow {
  readonly run_id: number;
  readonly outcome_id: number;
  readonly judgement_id: number;
  readonly entries: Buffer;
  readonly uuid: string;
  readonly started_at: number;
  readonly is_old: number;
  readonly is_provisional: number;
}

/** Removes the packed observations of the runs in `old_run` but those that are the last ones of their endpoints. */
export function prunePacked(database: Database): void {
  const selectPlaces = database
    .prepare<[...Place, number], Place>(
      `select distinct block, port, protocol from bare_observation where (block, port, protocol) > (?, ?, ?)
      order by block, port, protocol limit ?`,
    )
    .raw();
  const select = database.prepare<Place, PackedRow>(
    `select bare.*, uuid, started_at, is_provisional, run_id in (select id from old_run) as is_old
    from bare_observation as bare inner join scan_run on scan_run.id = run_id
    where block = ? and port = ? and protocol = ?`,
  );
  const where =
    'where block = ? and port = ? and protocol = ? and run_id = ? and outcome_id = ? and judgement_id = ?';
  const update = database.prepare<[Buffer, ...Place, number, number, number]>(
    `update bare_observation set entries = ? ${where}`,
  );
  const remove = database.prepare<[...Place, number, number, number]>(
    `delete from bare_observation ${where}`,
  );
  let after: Place = [Buffer.alloc(0), -1, ''];
  for (;;) {
    const places = selectPlaces.all(...after, GROUPS_AT_ONCE);
    for (const place of places) {
      const rows = select.all(...place);
      // No view knows what provisional runs have observed.
      const last = lastOf(rows.filter(({ is_provisional }) => is_provisional === 0));
      for (const row of rows.filter(({ is_old }) => is_old === 1)) {
        const times = decodeBareEntries(row.entries, row.started_at);
        const all = listBareEntries(row.entries);
        const kept = all.filter((_, index) => {
          const time = times[index];
          const latest = time && last.get(time.last);
          return latest?.observedAt === time?.observedAt && latest?.uuid === row.uuid;
        });
        if (kept.length === all.length) continue;
        const key = [...place, row.run_id, row.outcome_id, row.judgement_id] as const;
        if (kept.length === 0) remove.run(...key);
        else update.run(joinBareEntries(kept), ...key);
      }
    }
    const end = places.at(-1);
    if (end === undefined || places.length < GROUPS_AT_ONCE) return;
    after = end;
  }
}

interface Moment {
  readonly observedAt: number;
  readonly uuid: string;
}

/** The last observation of each endpoint, by the last byte of its address. */
function lastOf(rows: readonly PackedRow[]): ReadonlyMap<number, Moment> {
  const latest = new Map<number, Moment>();
  for (const { entries, started_at, uuid } of rows)
    for (const { last, observedAt } of decodeBareEntries(entries, started_at)) {
      const other = latest.get(last);
      const isLater =
        other === undefined ||
        observedAt > other.observedAt ||
        (observedAt === other.observedAt && uuid > other.uuid);
      if (isLater) latest.set(last, { observedAt, uuid });
    }
  return latest;
}
