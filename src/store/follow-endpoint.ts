import type { Database } from 'better-sqlite3';
import type { EndpointState } from '../model/endpoint-state.js';
import { type FoldedEndpoint, type FoldedSighting, foldEndpoint, foldSighting } from './fold-endpoint.js';
import { prepareReadSightings } from './read-sightings.js';
import { prepareWriteCurrentEndpoint } from './write-current-endpoint.js';

/** Keeps the current view of endpoints true while observations join the inventory. */
export interface FollowEndpoint {
  /** An observation has joined those of an endpoint. */
  saw(endpointId: number, sighting: Omit<FoldedSighting, 'leafId' | 'uuid'>): void;
  /** Some have, or have left: it is folded anew. */
  fold(endpointId: number): void;
  /** One of a provisional run has joined: it counts for nothing, but others may have been unpacked on its account. */
  passOver(endpointId: number): void;
}

type CurrentRow = [
  firstSeen: number,
  lastRunId: number,
  lastObservedAt: number,
  runId: number,
  observedAt: number,
  chainId: number | null,
  leafId: number | null,
  judgementId: number,
  state: EndpointState | null,
  since: number | null,
  isChanged: number,
];

/** Prepares all statements that it needs, for use within transactions. */
export function prepareFollowEndpoint(database: Database): FollowEndpoint {
  const find = database
    .prepare<[number], CurrentRow>(
      `select first_seen, last_run_id, last_observed_at, run_id, observed_at, chain_id, certificate_id, judgement_id,
        state, state_since, is_changed
      from current_endpoint where endpoint_id = ?`,
    )
    .raw();
  const findLeaf = database
    .prepare<[number], number>(
      'select certificate_id from chain_certificate where chain_id = ? and position = 0',
    )
    .pluck();
  // What nearly all endpoints of a second scan need: nothing but the time is another.
  const update = database.prepare<(number | string | null)[]>(
    `update current_endpoint set last_run_id = ?, last_observed_at = ?, run_id = ?, observed_at = ?, state = ?,
      state_since = ?, is_changed = ?, (outcome_id, handshake_id) = (
        select outcome_id, handshake_id from observation where endpoint_id = ? and run_id = ? and observed_at = ?)
    where endpoint_id = ?`,
  );
  const read = prepareReadSightings(database);
  const write = prepareWriteCurrentEndpoint(database);
  const remove = database.prepare<[number]>('delete from current_endpoint where endpoint_id = ?');

  function fold(endpointId: number): void {
    const [all] = read(endpointId, endpointId);
    const folded = all ? foldEndpoint(all.sightings) : null;
    if (folded) write(endpointId, folded);
    else remove.run(endpointId);
  }

  return {
    fold,
    passOver(endpointId) {
      if (find.get(endpointId) === undefined) fold(endpointId);
    },
    saw(endpointId, sighting) {
      const row = find.get(endpointId);
      const before = row && fromCurrentRow(row);
      // What joins in the middle may change all that follows it.
      if (before === undefined || before.lastObservedAt >= sighting.observedAt) return fold(endpointId);
      const leafId = sighting.chainId === null ? null : (findLeaf.get(sighting.chainId) ?? null);
      // Times differ, so that the id of the run settles nothing.
      const after = foldSighting(before, { ...sighting, leafId, uuid: '' });
      if (after.chainId !== before.chainId || after.judgementId !== before.judgementId)
        return write(endpointId, after);
      const { course, lastObservedAt, lastRunId, observedAt, runId } = after;
      const { isChanged, since, state } = course;
      const counting = [endpointId, runId, observedAt];
      update.run(
        lastRunId,
        lastObservedAt,
        runId,
        observedAt,
        state,
        since,
        Number(isChanged),
        ...counting,
        endpointId,
      );
    },
  };
}

function fromCurrentRow(row: CurrentRow): FoldedEndpoint {
  const [firstSeen, lastRunId, lastObservedAt, runId, observedAt, chainId, leafId, judgementId, ...rest] =
    row;
  const [state, since, isChanged] = rest;
  return {
    // The observation that counts is the one that brought the leaf.
    course: { state, since, leafId, leafRunId: leafId === null ? null : runId, isChanged: isChanged === 1 },
    firstSeen,
    lastRunId,
    lastObservedAt,
    runId,
    observedAt,
    chainId,
    judgementId,
  };
}
