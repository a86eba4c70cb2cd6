import type { Database } from 'better-sqlite3';
import type { Outcome } from '../model/outcome.js';
import type { FoldedSighting } from './fold-endpoint.js';
import { PROVISIONAL_RUNS } from './provisional-runs.js';

/** The observations of an endpoint, in no particular order. */
export interface EndpointSightings {
  readonly endpointId: number;
  readonly sightings: readonly FoldedSighting[];
}

/** A row as SQLite hands it out: arrays take half as long as objects, and there are millions. */
type SightingRow = [
  endpointId: number,
  runId: number,
  uuid: string,
  observedAt: number,
  outcome: Outcome,
  chainId: number | null,
  leafId: number | null,
  judgementId: number,
];

/** Prepares reading the observations of endpoints whose numbers lie in a range, by endpoint, the least number first; those of provisional runs are left out. */
export function prepareReadSightings(
  database: Database,
): (first: number, last: number) => EndpointSightings[] {
  const select = database
    .prepare<[number, number], SightingRow>(
      `select observation.endpoint_id, observation.run_id, scan_run.uuid, observation.observed_at, outcome.name,
        observation.chain_id, leaf.certificate_id, observation.judgement_id
      from observation
      cross join scan_run on scan_run.id = observation.run_id
      cross join outcome on outcome.id = observation.outcome_id
      left join chain_certificate as leaf on leaf.chain_id = observation.chain_id and leaf.position = 0
      where observation.endpoint_id between ? and ? and observation.run_id not in ${PROVISIONAL_RUNS}
      order by observation.endpoint_id`,
    )
    .raw();
  return (first, last) => {
    const all: { endpointId: number; sightings: FoldedSighting[] }[] = [];
    for (const row of select.all(first, last)) {
      const [endpointId, runId, uuid, observedAt, outcome, chainId, leafId, judgementId] = row;
      const sighting = { runId, uuid, observedAt, outcome, chainId, leafId, judgementId };
      const latest = all.at(-1);
      if (latest?.endpointId === endpointId) latest.sightings.push(sighting);
      else all.push({ endpointId, sightings: [sighting] });
    }
    return all;
  };
}
