import pLimit from 'p-limit';
import { type FetchRequest, tryFetch } from '../probe/fetch.js';
import { makeRevocationHosts } from './revocation-hosts.js';

/** Fetches something that tells of revocation; `why` is what it failed by. */
export type RevocationFetch = (
  request: Pick<FetchRequest, 'url' | 'accept' | 'body' | 'maxBytes'>,
) => Promise<
  { readonly bytes: Uint8Array; readonly why: null } | { readonly bytes: null; readonly why: string }
>;

/** What may be connected to, and what stops it all. */
export interface RevocationFetchOptions {
  readonly allowPrivate: boolean;
  isForbidden(address: string, port: number): boolean;
  readonly signal: AbortSignal;
  now(): Date;
}

/** Fetches at once: CAs' servers are shared by all the world, and most certificates of a network name the same few. */
const MAX_FETCHES = 16;

/** As long as an endpoint may take at the normal pace; lists of tens of megabytes come within it over any office line. */
const TIMEOUT_MS = 10_000;

/** Makes the fetch of one scan: few at once, and none to servers that have just failed. */
export function makeRevocationFetch(options: RevocationFetchOptions): RevocationFetch {
  const { now, ...rules } = options;
  const limit = pLimit(MAX_FETCHES);
  const hosts = makeRevocationHosts(now);
  return (request) =>
    limit(async () => {
      const refusal = options.signal.aborted ? 'the scan was stopped' : hosts.refuses(request.url);
      if (refusal !== null) return { bytes: null, why: refusal };
      const { bytes, failure } = await tryFetch({ ...request, ...rules, timeoutMs: TIMEOUT_MS });
      hosts.note(request.url, failure);
      return failure === null ? { bytes, why: null } : { bytes: null, why: failure.detail };
    });
}
