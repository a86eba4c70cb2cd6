import { type Resolution, resolveHost } from './resolve-host.js';

/** Resolves one host name; all calls belong to one scan and bring the same signal. */
export type Resolver = (name: string, signal: AbortSignal) => Promise<Resolution>;

/**
 * Names that are remembered. A plan meets a name once for each port, in shuffled order; 20,000 names with a few
 * addresses each take some megabytes.
 */
const MAX_NAMES = 20_000;

/** Failures that may be over the next time. */
const TEMPORARY = new Set(['EAI_AGAIN', 'timeout', 'cancelled']);

/**
 * Makes the resolver of one scan: it asks once for a name that many endpoints share, so that they all see the same
 * addresses, and forgets temporary failures. `timeoutMs` is for each lookup.
 */
export function createResolver(timeoutMs: number): Resolver {
  const known = new Map<string, Promise<Resolution>>();
  return (name, signal) => {
    const key = name.toLowerCase();
    const found = known.get(key);
    if (found) return found;
    const resolution = resolveHost(name, { timeoutMs, signal }).then((result) => {
      const code = result.failed?.failure?.code;
      if (code !== undefined && TEMPORARY.has(code)) known.delete(key);
      return result;
    });
    for (const oldest of known.keys()) {
      if (known.size < MAX_NAMES) break;
      known.delete(oldest);
    }
    known.set(key, resolution);
    return resolution;
  };
}
