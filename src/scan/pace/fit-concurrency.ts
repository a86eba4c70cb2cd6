/** What a limit of descriptors leaves room for. */
export interface FittedConcurrency {
  /** Endpoints in flight: as many as were asked for, or as many as fit, but at least one. */
  readonly concurrency: number;
  /** The limit of descriptors that all that were asked for would take. */
  readonly needed: number;
}

/**
 * Descriptors that are not connections to endpoints: the three standard streams, the inventory with its log, the event loops
 * and pipes of worker threads (about eight each), lookups of names, reports being written, and what asks CAs about
 * revocation.
 */
const RESERVE = 128;

/**
 * Connections of an endpoint beyond its first, at most: a server that ought to speak first and is silent, or turns out to
 * speak another protocol, is met on a second connection while the first is still open. One in four is more than any network
 * has.
 */
const SECOND_CONNECTIONS = 1 / 4;

/**
 * Fits the number of endpoints in flight to the number of descriptors; null: there is no limit. An endpoint has one connection
 * open at a time, `connectionsEach` where its posture is asked for.
 */
export function fitConcurrency(asked: number, limit: number | null, connectionsEach = 1): FittedConcurrency {
  const each = connectionsEach + SECOND_CONNECTIONS;
  const needed = RESERVE + Math.ceil(asked * each);
  if (limit === null || limit >= needed) return { concurrency: asked, needed };
  return { concurrency: Math.max(1, Math.floor((limit - RESERVE) / each)), needed };
}
