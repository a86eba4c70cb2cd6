import type { ProgressTracker } from './progress-tracker.js';
import type { Slice } from './slice.js';

/** Cuts what is left of a plan into slices, in the order of the plan. */
export interface SliceSource {
  /**
   * The next slice; null: nothing is left to be handed out; `later`: what is out has to come back first, as the fastest
   * would else be too far ahead of the slowest.
   */
  take(): Slice | 'later' | null;
  /** Takes back what a worker left undone; it is handed out before all else. */
  giveBack(slice: Slice): void;
}

/** Entries of a slice: asking for one costs two messages, so a thousandth of that for each entry. */
export const SLICE_ENTRIES = 1024;

/** The least that is worth two messages. */
const LEAST_SLICE_ENTRIES = 16;

/** Slices that each worker gets at the least, so that all of them have work until the end. */
const SLICES_PER_WORKER = 8;

/**
 * How far the fastest entry may be ahead of the slowest: the progress stored with every batch has a bit for each entry
 * between them, 128 KiB at most. At ten thousand entries a second that is longer than any one endpoint takes.
 */
const MAX_SPREAD = 2 ** 20;

/** Entries in a slice of a plan of this size for so many workers. */
export function sizeSlices(planSize: number, workers: number): number {
  const fair = Math.ceil(planSize / (SLICES_PER_WORKER * workers));
  return Math.min(SLICE_ENTRIES, Math.max(LEAST_SLICE_ENTRIES, fair));
}

/** Makes the source of a plan's slices; what `tracker` knows to be done is left out. */
export function makeSliceSource(
  planSize: number,
  sliceEntries: number,
  tracker: ProgressTracker,
  maxSpread: number = MAX_SPREAD,
): SliceSource {
  const returned: Slice[] = [];
  let next = tracker.doneBefore;

  return {
    take() {
      const first = returned.pop();
      if (first) return first;
      while (next < planSize) {
        if (next - tracker.doneBefore >= maxSpread) return 'later';
        const places = new Float64Array(Math.min(sliceEntries, planSize - next));
        let count = 0;
        for (let step = 0; step < places.length; step++) {
          if (!tracker.isDone(next + step)) places[count++] = next + step;
        }
        next += places.length;
        if (count > 0) return { places: places.slice(0, count), deaths: 0 };
      }
      return null;
    },
    giveBack(slice) {
      returned.push(slice);
    },
  };
}
