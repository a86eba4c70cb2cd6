import type { FetchFailure, FetchFailureCode } from '../probe/fetch-failure.js';

/** What is known of the servers that are asked. */
export interface RevocationHosts {
  /** Says why the server of a URL is not to be asked at present; null: it may be. */
  refuses(url: string): string | null;
  /** Notes what came of asking; null: an answer. */
  note(url: string, failure: FetchFailure | null): void;
}

/** Once may be an accident. */
const MAX_FAILURES = 3;

/** How long a server that does not answer is left alone. */
const PAUSE_MS = 60_000;

/** Failures that say something of a server, not of one URL. */
const OF_SERVER: ReadonlySet<FetchFailureCode> = new Set(['unresolved', 'connect', 'timeout', 'broken']);

/**
 * Keeps account of servers that do not answer. A dead responder costs the full time for each certificate; with this it
 * costs that three times a minute, however many certificates name it.
 */
export function makeRevocationHosts(now: () => Date): RevocationHosts {
  const failures = new Map<string, { count: number; since: number; detail: string }>();
  return {
    refuses(url) {
      const host = hostOf(url);
      const known = failures.get(host);
      if (known === undefined || known.count < MAX_FAILURES) return null;
      if (now().getTime() - known.since >= PAUSE_MS) {
        failures.delete(host);
        return null;
      }
      return `not asked, as ${host} failed ${known.count} times on end: ${known.detail}`;
    },
    note(url, failure) {
      const host = hostOf(url);
      if (failure === null || !OF_SERVER.has(failure.code)) {
        failures.delete(host);
        return;
      }
      const count = (failures.get(host)?.count ?? 0) + 1;
      failures.set(host, { count, since: now().getTime(), detail: failure.detail });
    },
  };
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : url;
}
