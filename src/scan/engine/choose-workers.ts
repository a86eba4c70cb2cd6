/** What decides how many workers a scan has. */
export interface WorkerChoice {
  /** What the user asked for; undefined: nothing. */
  readonly asked: number | undefined;
  readonly planSize: number;
  /** Endpoints in flight at once. */
  readonly concurrency: number;
  /** Cores that this process may use. */
  readonly cores: number;
}

/** The most workers: beyond these the main thread, which stores what they find, has no time left. */
export const MAX_WORKERS = 64;

/** Without being asked no more than these: they keep the main thread busy, and each takes some forty megabytes. */
const MOST_BY_DEFAULT = 8;

/**
 * Plans below this are worked off in the main thread: two threads take some 300 ms of processor time to start and to
 * compile what the main thread has compiled already, as much as probing one or two thousand closed ports.
 */
const LEAST_PLAN = 1000;

/** Endpoints in flight that make a further worker worth while: a core probes many more at once. */
const IN_FLIGHT_OF_A_WORKER = 50;

/** How many worker threads a scan has; 0: the main thread does all itself. */
export function chooseWorkers({ asked, concurrency, cores, planSize }: WorkerChoice): number {
  if (asked !== undefined) return Math.min(asked, MAX_WORKERS);
  if (planSize < LEAST_PLAN) return 0;
  return Math.min(cores, MOST_BY_DEFAULT, Math.ceil(concurrency / IN_FLIGHT_OF_A_WORKER));
}
