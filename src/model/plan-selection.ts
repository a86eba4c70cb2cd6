/** Which entries of a plan are visited, and which before the others; the numbers are places in the plan's own order. */
export interface PlanSelection {
  /** Visited first, in this order. */
  readonly first: readonly number[];
  /** Left out, in ascending order. */
  readonly without: readonly number[];
}
