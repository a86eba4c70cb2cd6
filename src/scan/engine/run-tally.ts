/** What the threads of one scan count together. */
export interface RunTally {
  readonly buffer: SharedArrayBuffer;
  /** Probes that were made again, as the first had no fair chance. */
  readonly retries: number;
  retried(): void;
  /** A probe came about, whatever it found. */
  worked(): void;
  /** Milliseconds since one did, in whatever thread. */
  readonly idleMs: number;
}

const RETRIES = 0;
const WORKED_AT = 1;
const COUNTERS = 2;

/** Nanoseconds of a millisecond. */
const MS = 1_000_000n;

/** Makes a tally, or opens that of another thread. */
export function openRunTally(buffer = new SharedArrayBuffer(COUNTERS * 8)): RunTally {
  const counters = new BigInt64Array(buffer);
  Atomics.compareExchange(counters, WORKED_AT, 0n, process.hrtime.bigint());
  return {
    buffer,
    get retries() {
      return Number(Atomics.load(counters, RETRIES));
    },
    retried() {
      Atomics.add(counters, RETRIES, 1n);
    },
    worked() {
      Atomics.store(counters, WORKED_AT, process.hrtime.bigint());
    },
    get idleMs() {
      return Number((process.hrtime.bigint() - Atomics.load(counters, WORKED_AT)) / MS);
    },
  };
}
