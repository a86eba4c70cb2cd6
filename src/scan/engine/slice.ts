/** A piece of a plan that is worked off together. */
export interface Slice {
  /** Places in the plan's order, in the order in which they are visited. */
  readonly places: Float64Array;
  /** How many workers have died at these places: the more, the fewer are visited at once, so that the culprit is found. */
  readonly deaths: number;
}

/** Entries visited at once after one death: about as many steps as there are entries left to tell apart afterwards. */
const WIDTH_AFTER_ONE_DEATH = 32;

/** How many entries of such a slice may be visited at once. */
export function sliceWidth(deaths: number): number {
  if (deaths === 0) return Number.POSITIVE_INFINITY;
  return deaths === 1 ? WIDTH_AFTER_ONE_DEATH : 1;
}
