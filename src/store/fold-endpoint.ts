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
  let folded: FoldedEndpoint | null = null;
  for (const sighting of sortSightings(sightings)) folded = foldSighting(folded, sighting);
  return folded;
}

/** Folds one observation more, which must be the latest. */
export function foldSighting(before: FoldedEndpoint | null, sighting: FoldedSighting): FoldedEndpoint {
  const course = followState(before?.course ?? NO_COURSE, sighting);
  const counts = before === null || sighting.leafId !== null || course.leafId === null ? sighting : before;
  return {
    course,
    firstSeen: before === null ? sighting.observedAt : before.firstSeen,
    lastRunId: sighting.runId,
    lastObservedAt: sighting.observedAt,
    runId: counts.runId,
    observedAt: counts.observedAt,
    chainId: counts.chainId,
    judgementId: counts.judgementId,
  };
}

/** Runs are numbered as they come, so that most are in order already. */
function sortSightings(sightings: readonly FoldedSighting[]): readonly FoldedSighting[] {
  const isSorted = sightings.every((each, index) => {
    const before = sightings[index - 1];
    return before === undefined || compareSightings(before, each) <= 0;
  });
  return isSorted ? sightings : [...sightings].sort(compareSightings);
}

function compareSightings(a: FoldedSighting, b: FoldedSighting): number {
  return a.observedAt - b.observedAt || (a.uuid < b.uuid ? -1 : a.uuid > b.uuid ? 1 : 0);
}
