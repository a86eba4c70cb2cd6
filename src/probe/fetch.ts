import { isIP } from 'node:net';
import { exchangeHttp } from './exchange-http.js';
import { FetchError, type FetchFailure } from './fetch-failure.js';
import { isPublicAddress } from './is-public-address.js';
import { onAbort } from './on-abort.js';
import { resolveHost } from './resolve-host.js';

// Why so careful: URLs come out of certificates, and anybody can put any URL into a certificate. Without these rules a
// scanner inside a company would fetch for strangers what only the inside can reach.

/** What to fetch, and what it may cost. */
export interface FetchRequest {
  readonly url: string;
  /** Posted; absent: nothing, and the request is a GET. */
  readonly body?: { readonly type: string; readonly bytes: Uint8Array };
  /** Media type to ask for. */
  readonly accept: string;
  /** Milliseconds for all: names, connections, redirects and the last byte. */
  readonly timeoutMs: number;
  readonly maxBytes: number;
  /** Whether addresses that are not of the public Internet may be connected to. */
  readonly allowPrivate: boolean;
  /** Whether an address must not be touched for another reason. */
  isForbidden?(address: string, port: number): boolean;
  readonly signal?: AbortSignal;
}

/** The body of an answer, or why there is none. */
export type FetchResult =
  | { readonly bytes: Uint8Array; readonly failure: null }
  | { readonly bytes: null; readonly failure: FetchFailure };

/** A CA's answer moves once, from one host name or scheme to another; browsers allow twenty, which nobody needs. */
const MAX_REDIRECTS = 3;

/** Ports below are services of the system, which might take a request for a command of theirs. */
const FIRST_FREE_PORT = 1024;

/** A server with many addresses is tried at this many of them. */
const MAX_ADDRESSES = 3;

/** The longest URL that is followed: servers refuse longer ones. */
const MAX_URL_LENGTH = 2048;

/** Statuses that send elsewhere (RFC 9110, section 15.4). */
const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

/**
 * Fetches over HTTP within bounds. Each URL, those of redirects too, must be http or https, without user and password,
 * on port 80, 443 or one from 1024 on; the addresses that its name has are checked, and the connection goes to an
 * address that was checked. Proxy settings of the environment do not count. Never rejects.
 */
export async function tryFetch(request: FetchRequest): Promise<FetchResult> {
  const stop = new AbortController();
  const timer = setTimeout(
    () => stop.abort(new FetchError('timeout', `no answer within ${request.timeoutMs} ms`)),
    request.timeoutMs,
  );
  const cancel = () => stop.abort(new FetchError('cancelled', 'the scan was stopped'));
  const forget = request.signal && onAbort(request.signal, cancel);
  if (request.signal?.aborted) cancel();
  try {
    return { bytes: await follow(request, stop.signal), failure: null };
  } catch (error) {
    const { code, message }: FetchError = error instanceof FetchError ? error : explain(error);
    return { bytes: null, failure: { code, detail: message } };
  } finally {
    clearTimeout(timer);
    forget?.();
    stop.abort();
  }
}

async function follow(request: FetchRequest, signal: AbortSignal): Promise<Uint8Array> {
  let url = readUrl(request.url, undefined);
  let body = request.body;
  for (let redirects = 0; ; redirects++) {
    const answer = await ask(url, { ...request, body }, signal);
    if (answer.status === 200) return answer.body;
    if (!REDIRECTS.has(answer.status) || answer.location === null) {
      throw new FetchError('status', `the server answers with status ${answer.status}`);
    }
    if (redirects === MAX_REDIRECTS)
      throw new FetchError('redirects', `more than ${MAX_REDIRECTS} redirects`);
    url = readUrl(answer.location, url);
    // Browsers turn a POST into a GET at 301 and 302 as well; a question that is not repeated would have no answer.
    if (answer.status === 303) body = undefined;
  }
}

/** Reads a URL and refuses those that are not to be followed. */
function readUrl(text: string, base: URL | undefined): URL {
  const what = base ? 'a redirect to' : 'the URL has';
  const url = text.length <= MAX_URL_LENGTH && URL.canParse(text, base?.href) ? new URL(text, base) : null;
  if (url === null) throw new FetchError('url', base ? 'a redirect to no URL' : 'it is no URL');
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw new FetchError(
      'scheme',
      `${what} the scheme ${url.protocol.slice(0, -1)}, and only http and https are fetched`,
    );
  }
  if (url.username !== '' || url.password !== '') {
    throw new FetchError('userinfo', `${what} a user or password, which nobody needs for what is public`);
  }
  const port = portOf(url);
  if (port < FIRST_FREE_PORT && port !== 80 && port !== 443) {
    throw new FetchError('port', `${what} port ${port}, which is not one for HTTP`);
  }
  return url;
}

type Question = Omit<FetchRequest, 'body'> & { readonly body: FetchRequest['body'] | undefined };

/** Asks the first of the host's permitted addresses that can be reached. */
async function ask(url: URL, request: Question, signal: AbortSignal) {
  const port = portOf(url);
  let unreached: FetchError | null = null;
  for (const address of await findAddresses(url, port, request, signal)) {
    try {
      const { accept, body, maxBytes } = request;
      return await exchangeHttp({ url, address, port, accept, body, maxBytes, signal });
    } catch (error) {
      if (!(error instanceof FetchError) || error.code !== 'connect') throw error;
      unreached = error;
    }
  }
  throw unreached ?? new FetchError('unresolved', `${url.hostname} has no address`);
}

async function findAddresses(
  url: URL,
  port: number,
  request: Question,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
  const all = isIP(host) ? [host] : await resolve(host, request.timeoutMs, signal);
  const permitted = all.filter((address) => request.allowPrivate || isPublicAddress(address));
  if (permitted.length === 0) {
    throw new FetchError(
      'private-address',
      `${host === all[0] ? host : `${host} is ${all[0]}, which`} is no address of the public Internet`,
    );
  }
  const reachable = permitted.filter((address) => request.isForbidden?.(address, port) !== true);
  if (reachable.length === 0) throw new FetchError('excluded', `${permitted[0]} is excluded from the scan`);
  return reachable.slice(0, MAX_ADDRESSES);
}

async function resolve(host: string, timeoutMs: number, signal: AbortSignal): Promise<readonly string[]> {
  const { addresses, failed } = await resolveHost(host, { timeoutMs, signal });
  signal.throwIfAborted();
  if (failed) throw new FetchError('unresolved', failed.failure?.detail ?? `${host} has no address`);
  return addresses;
}

function portOf({ port, protocol }: URL): number {
  if (port !== '') return Number(port);
  return protocol === 'https:' ? 443 : 80;
}

function explain(error: unknown): FetchError {
  return new FetchError('broken', error instanceof Error ? error.message : String(error));
}
