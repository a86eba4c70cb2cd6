import type { Database } from 'better-sqlite3';
import { joinBareEntries, listBareEntries } from './bare-entry.js';
import { type BareRank, isBetterBare } from './keep-better-observation.js';
import { APPEND_BARE_ENTRY_SQL } from './save-bare-observation.js';

/** Packed observations of one block, port, protocol, run, outcome and judgement. */
export interface PackedToMerge {
  readonly block: Buffer;
  readonly port: number;
  readonly protocol: string;
  readonly run: number;
  readonly outcome: number;
  readonly judgement: number;
  readonly entries: Buffer;
}

/** Packs observations of endpoints without rows; `mayBeKnown` where some of the run may be here already. */
export type MergePacked = (packed: PackedToMerge, mayBeKnown: boolean) => void;

interface KnownRow {
  readonly outcome_id: number;
  readonly judgement_id: number;
  readonly entries: Buffer;
}

type Place = [block: Buffer, port: number, protocol: string, run: number, outcome: number, judgement: number];

/** Prepares all statements that it needs. */
export function prepareMergePacked(database: Database): MergePacked {
  const append = database.prepare<[...Place, Buffer]>(APPEND_BARE_ENTRY_SQL);
  const findKnown = database.prepare<[Buffer, number, string, number], KnownRow>(
    `select outcome_id, judgement_id, entries from main.bare_observation
    where block = ? and port = ? and protocol = ? and run_id = ?`,
  );
  const where =
    'where block = ? and port = ? and protocol = ? and run_id = ? and outcome_id = ? and judgement_id = ?';
  const update = database.prepare<[Buffer, ...Place]>(
    `update main.bare_observation set entries = ? ${where}`,
  );
  const remove = database.prepare<Place>(`delete from main.bare_observation ${where}`);
  const findRank = database.prepare<[number, number], BareRank>(
    `select judgement.content_hash as judgement, outcome.content_hash as outcome
    from main.judgement, main.outcome where judgement.id = ? and outcome.id = ?`,
  );

  function isBetter(packed: PackedToMerge, known: KnownRow): boolean {
    const [a, b] = [
      findRank.get(packed.judgement, packed.outcome),
      findRank.get(known.judgement_id, known.outcome_id),
    ];
    return a !== undefined && b !== undefined && isBetterBare(a, b);
  }

  return (packed, mayBeKnown) => {
    const { block, entries, judgement, outcome, port, protocol, run } = packed;
    const place: Place = [block, port, protocol, run, outcome, judgement];
    const rows = mayBeKnown ? findKnown.all(block, port, protocol, run) : [];
    const isOwn = (row: KnownRow) => row.outcome_id === outcome && row.judgement_id === judgement;
    if (rows.some((row) => isOwn(row) && row.entries.equals(entries))) return;
    const news = new Set(listBareEntries(entries));
    for (const row of rows) {
      const known = listBareEntries(row.entries);
      const both = known.filter((entry) => news.has(entry));
      if (both.length === 0) continue;
      if (isOwn(row) || !isBetter(packed, row)) {
        for (const entry of both) news.delete(entry);
        continue;
      }
      // An endpoint is observed once at a time: of two accounts of it always the same one stays.
      const rest = known.filter((entry) => !news.has(entry));
      const other: Place = [block, port, protocol, run, row.outcome_id, row.judgement_id];
      if (rest.length === 0) remove.run(...other);
      else update.run(joinBareEntries(rest), ...other);
    }
    if (news.size > 0) append.run(...place, joinBareEntries([...news]));
  };
}
