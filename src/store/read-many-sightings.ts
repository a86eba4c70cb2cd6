import type { Database } from 'better-sqlite3';
import type { Outcome } from '../model/outcome.js';
import type { FoldedSighting } from './fold-endpoint.js';
import { rememberLatest } from './remember-latest.js';

/** The observations of an endpoint, in no particular order. */
export interface EndpointSightings {
  readonly endpointId: number;
  readonly sightings: readonly FoldedSighting[];
}

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
 * endpoint, the least number first; those of provisional runs are left out. What they refer to is looked up once, not
 * joined to each of millions: so it must not outlive a transaction.
 */
export function prepareReadManySightings(
  database: Database,
  endpoints: string,
): (first: number, last: number) => EndpointSightings[] {
  const select = database
    .prepare<[number, number], SightingRow>(
      `select endpoint_id, run_id, observed_at, outcome_id, chain_id, judgement_id
      from ${endpoints} as asked cross join main.observation on endpoint_id = asked.id
      where asked.id between ? and ?
      order by asked.id`,
    )
    .raw();
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
    const all: EndpointSightings[] = [];
    let sightings: FoldedSighting[] = [];
    let latest: number | null = null;
    for (const row of select.all(first, last)) {
      const [endpointId, runId, observedAt, outcomeId, chainId, judgementId] = row;
      const [run, outcome] = [runOf(runId), outcomeOf(outcomeId)];
      if (run === null || run.is_provisional === 1 || outcome === null) continue;
      if (endpointId !== latest) {
        sightings = [];
        latest = endpointId;
        all.push({ endpointId, sightings });
      }
      const leafId = chainId === null ? null : leafOf(chainId);
      sightings.push({ runId, uuid: run.uuid, observedAt, outcome, chainId, leafId, judgementId });
    }
    return all;
  };
}
