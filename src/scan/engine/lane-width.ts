/** How many entries may be under way at once: what was asked for, or less while this machine is at a limit of its own. */
export interface LaneWidth {
  readonly current: number;
  /** A probe that began then met such a limit: half as many go on, at least one. */
  narrow(beganAt: number, now: number): void;
  /** A probe came about. */
  worked(now: number): void;
}

/** What is narrowed grows again by so much ... */
const GROWTH = 1 / 32;
/** ... each time that this long nothing was amiss: from a half to the whole in some fifteen seconds. */
const GROWTH_MS = 1000;

/** Makes the width of one thread's lanes; times are milliseconds on one and the same clock. */
export function makeLaneWidth(full: number): LaneWidth {
  const step = Math.max(1, Math.floor(full * GROWTH));
  let current = full;
  let changedAt = Number.NEGATIVE_INFINITY;
  return {
    get current() {
      return current;
    },
    narrow(beganAt, now) {
      // Those that began before the last time fail for the same want.
      if (beganAt < changedAt) return;
      current = Math.max(1, Math.floor(current / 2));
      changedAt = now;
    },
    worked(now) {
      if (current === full || now - changedAt < GROWTH_MS) return;
      current = Math.min(full, current + step);
      changedAt = now;
    },
  };
}
