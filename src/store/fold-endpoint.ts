import { type EndpointCourse, followState, NO_COURSE, type Sighting } from '../model/endpoint-state.js';

/** An observation of an endpoint, as far as its current view depends on it. */
export interface FoldedSighting extends Sighting {
  /** Settles which of two runs that saw it in the same millisecond comes later, the same in every inventory. */
  readonly uuid: string;
  readonly chainId: number | null;
  readonly judgementId: number;
}

/** What some observations of an endpoint come to. Times are milliseconds since 1970, UTC. */
export interface FoldedEndpoint {
  readonly course: EndpointCourse;
  readonly firstSeen: number;
  /** The latest observation. */
  readonly lastRunId: number;
  readonly lastObservedAt: number;
  /** The one that counts: the latest that brought a certificate, or the latest where none ever did. */
  readonly runId: number;
  readonly observedAt: number;
  readonly chainId: number | null;
  readonly judgementId: number;
}

/** Folds all observations of an endpoint, in any order; null: there are none. */
export function foldEndpoint(sightings: readonly FoldedSighting[]): FoldedEndpoint | null {
  return [...sightings].sort(compareSightings).reduce<FoldedEndpoint | null>(foldSighting, null);
}

/** Folds one observation more, which must be the latest. */
export function foldSighting(before: FoldedEndpoint | null, sighting: FoldedSighting): FoldedEndpoint {
  const { chainId, judgementId, observedAt, runId } = sighting;
  const course = followState(before?.course ?? NO_COURSE, sighting);
  const counts =
    before === null || sighting.leafId !== null || course.leafId === null
      ? { runId, observedAt, chainId, judgementId }
      : before;
  return {
    course,
    firstSeen: before?.firstSeen ?? observedAt,
    lastRunId: runId,
    lastObservedAt: observedAt,
    runId: counts.runId,
    observedAt: counts.observedAt,
    chainId: counts.chainId,
    judgementId: counts.judgementId,
  };
}

function compareSightings(a: FoldedSighting, b: FoldedSighting): number {
  return a.observedAt - b.observedAt || (a.uuid < b.uuid ? -1 : a.uuid > b.uuid ? 1 : 0);
}
