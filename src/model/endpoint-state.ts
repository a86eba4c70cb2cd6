import type { Outcome } from './outcome.js';

/**
 * What has become of an endpoint that has presented a certificate: `live` presents the same leaf as when it last did,
 * `changed` another one than before, `gone` answers but presents none, `unreachable` does not answer.
 */
export const ENDPOINT_STATES = ['live', 'changed', 'gone', 'unreachable'] as const;

/** What has become of an endpoint that has presented a certificate. */
export type EndpointState = (typeof ENDPOINT_STATES)[number];

/** What an observation says of the state of its endpoint; the ids are whatever tells runs and leaves apart. */
export interface Sighting {
  readonly runId: number;
  /** Milliseconds since 1970, UTC. */
  readonly observedAt: number;
  readonly outcome: Outcome;
  /** Null: it presented no certificate. */
  readonly leafId: number | null;
}

/** The state of an endpoint after some observations, with all that those to come are held against. */
export interface EndpointCourse {
  /** Null: it has never presented a certificate. */
  readonly state: EndpointState | null;
  /** Milliseconds since 1970, UTC: the first observation of the present, unbroken state; null as the state is. */
  readonly since: number | null;
  /** The leaf that was presented last; null: none ever was. */
  readonly leafId: number | null;
  /** The run that brought it last. */
  readonly leafRunId: number | null;
  /** Whether it was another one then than the time before. */
  readonly isChanged: boolean;
}

/** An endpoint of which nothing is known. */
export const NO_COURSE: EndpointCourse = {
  state: null,
  since: null,
  leafId: null,
  leafRunId: null,
  isChanged: false,
};

/** Silence, or no way there: the certificate may well be in use behind it. */
const SILENT: ReadonlySet<Outcome> = new Set([
  'connect-timeout',
  'handshake-timeout',
  'unreachable',
  'unresolved',
]);

/** Ours to blame: the endpoint was not heard out. */
const UNHEARD: ReadonlySet<Outcome> = new Set(['cancelled', 'internal']);

/** Follows an endpoint from one observation to the next; they must come in the order in which they were made. */
export function followState(
  before: EndpointCourse,
  { leafId, observedAt, outcome, runId }: Sighting,
): EndpointCourse {
  if (leafId !== null) {
    const isSame = before.leafId === null || before.leafId === leafId;
    // Seen again in the run that found the change, the new leaf has not yet proved to stay.
    const isChanged = !isSame || (before.isChanged && before.leafRunId === runId);
    const state = isChanged ? 'changed' : 'live';
    return { state, since: startOf(before, state, observedAt), leafId, leafRunId: runId, isChanged };
  }
  if (before.leafId === null || UNHEARD.has(outcome)) return before;
  const state = SILENT.has(outcome) ? 'unreachable' : 'gone';
  return {
    state,
    since: startOf(before, state, observedAt),
    leafId: before.leafId,
    leafRunId: before.leafRunId,
    isChanged: before.isChanged,
  };
}

function startOf(before: EndpointCourse, state: EndpointState, at: number): number | null {
  return before.state === state ? before.since : at;
}
