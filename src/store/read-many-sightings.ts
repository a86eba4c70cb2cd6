import type { Database } from 'better-sqlite3';
import type { Outcome } from '../model/outcome.js';
import type { FoldedSighting } from './fold-endpoint.js';
import { rememberLatest } from './remember-latest.js';

/** An observation by the numbers of its facts. */
type SightingRow = [
  endpointId: number,
  runId: number,
  observedAt: number,
  outcomeId: number,
  chainId: number | null,
  judgementId: number,
];

interface RunRow {
  readonly uuid: string;
  readonly is_provisional: number;
}

/**
 * Prepares reading the observations of endpoints whose numbers lie in a range and in the column `id` of a table, by
 * endpoint and in no particular order; those of provisional runs are left out. What they refer to is looked up once, not
 * joined to each of millions: so it must not outlive a transaction.
 */
export function prepareReadManySightings(
  database: Database,
  endpoints: string,
): (first: number, last: number) => ReadonlyMap<number, readonly FoldedSighting[]> {
  // As one text: rows would be handed over value by value, which takes twice as long as all that SQLite does.
  const select = database
    .prepare<[number, number], string>(
      `select json_group_array(
        json_array(endpoint_id, run_id, observed_at, outcome_id, chain_id, judgement_id))
      from ${endpoints} as asked cross join main.observation on endpoint_id = asked.id
      where asked.id between ? and ?`,
    )
    .pluck();
  const findRun = database.prepare<[number], RunRow>(
    'select uuid, is_provisional from main.scan_run where id = ?',
  );
  const findOutcome = database
    .prepare<[number], Outcome>('select name from main.outcome where id = ?')
    .pluck();
  const findLeaf = database
    .prepare<[number], number>(
      'select certificate_id from main.chain_certificate where chain_id = ? and position = 0',
    )
    .pluck();
  const runOf = rememberLatest((id: number) => findRun.get(id) ?? null);
  const outcomeOf = rememberLatest((id: number) => findOutcome.get(id) ?? null);
  const leafOf = rememberLatest((id: number) => findLeaf.get(id) ?? null);

  return (first, last) => {
    // It is what the query above has written.
    const rows = JSON.parse(select.get(first, last) ?? '[]') as SightingRow[];
    const all = new Map<number, FoldedSighting[]>();
    for (const [endpointId, runId, observedAt, outcomeId, chainId, judgementId] of rows) {
      const [run, outcome] = [runOf(runId), outcomeOf(outcomeId)];
      if (run === null || run.is_provisional === 1 || outcome === null) continue;
      let sightings = all.get(endpointId);
      if (sightings === undefined) {
        sightings = [];
        all.set(endpointId, sightings);
      }
      const leafId = chainId === null ? null : leafOf(chainId);
      sightings.push({ runId, uuid: run.uuid, observedAt, outcome, chainId, leafId, judgementId });
    }
    return all;
  };
}
