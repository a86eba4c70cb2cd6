import type { JudgedObservation } from './save-observations.js';

/** One entry of a plan with all that was observed for it, which is stored together or not at all. */
export interface FinishedEntry {
  /** Its place in the plan's order. */
  readonly entry: number;
  readonly observations: readonly JudgedObservation[];
}
