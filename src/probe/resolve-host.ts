import type { LookupAddress } from 'node:dns';
import { lookup } from 'node:dns/promises';
import { SocketAddress } from 'node:net';
import pLimit from 'p-limit';
import type { ProbeResult } from '../model/observation.js';
import { onAbort } from './on-abort.js';
import { ProbeFailure } from './probe-failure.js';

/** Lookups at once: all but one of the four threads that libuv has for lookups and files together. */
const LOOKUPS = pLimit(3);

/** How long a name may take, and what stops the wait. */
export interface ResolveOptions {
  /** Milliseconds from when the lookup starts. */
  readonly timeoutMs: number;
  readonly signal?: AbortSignal;
}

/** The addresses of a host name, or the result of every endpoint that would have been there. */
export type Resolution =
  | {
      /** At least one: IPv4 before IPv6, each once, in canonical text. */
      readonly addresses: readonly string[];
      readonly failed: null;
    }
  | { readonly addresses: readonly []; readonly failed: ProbeResult };

/**
 * Finds all addresses of a host name as this machine sees them: hosts file, search domains and name services included,
 * which is what names inside a company need. The outcome of a failure is `unresolved`, or `cancelled`. Never rejects.
 *
 * Why not DNS queries of our own: they know neither the hosts file nor the other name services. The price is that each
 * lookup holds one thread of libuv's pool until the system gives up on it, so few are made at once.
 */
export async function resolveHost(name: string, options: ResolveOptions): Promise<Resolution> {
  try {
    return await lookUp(name, options);
  } catch (error) {
    const failure = error instanceof ProbeFailure ? error : explain(name, error);
    return {
      addresses: [],
      failed: { outcome: failure.outcome, failure: failure.toFailure(), handshake: null },
    };
  }
}

async function lookUp(name: string, options: ResolveOptions): Promise<Resolution> {
  const found = name === '' ? [] : await wait(name, options);
  const addresses = [...new Set(found.map(({ address }) => canonical(address)))];
  if (addresses.length === 0) throw unresolved('ENOTFOUND', `${name || 'an empty name'} has no address`);
  return { addresses, failed: null };
}

/** Ends at the deadline though the lookup goes on: the system cannot be told to give up. */
async function wait(name: string, { timeoutMs, signal }: ResolveOptions): Promise<readonly LookupAddress[]> {
  if (signal?.aborted) throw cancelled(name);
  let forgetSignal: (() => void) | undefined;
  try {
    return await new Promise<LookupAddress[]>((resolve, reject) => {
      forgetSignal = signal && onAbort(signal, () => reject(cancelled(name)));
      void LOOKUPS(async () => {
        if (signal?.aborted) return;
        const timer = setTimeout(() => reject(timedOut(name, timeoutMs)), timeoutMs);
        await lookup(name, { all: true, order: 'ipv4first' }).then(resolve, reject);
        clearTimeout(timer);
      });
    });
  } finally {
    forgetSignal?.();
  }
}

/** RFC 5952 text; a link-local address keeps its zone, which only this machine can read. */
function canonical(address: string): string {
  if (!address.includes(':') || address.includes('%')) return address;
  return new SocketAddress({ address, family: 'ipv6' }).address;
}

function explain(name: string, error: unknown): ProbeFailure {
  const code = codeOf(error);
  if (code === 'ENOTFOUND') return unresolved(code, `${name} is not known`);
  if (code === 'EAI_AGAIN')
    return unresolved(code, `no name server could say what ${name} is; it may be temporary`);
  return unresolved(code, `${name} cannot be resolved: ${code}`);
}

function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name;
}

function timedOut(name: string, timeoutMs: number): ProbeFailure {
  return unresolved('timeout', `no answer about ${name} within ${timeoutMs} ms`);
}

function unresolved(code: string, detail: string): ProbeFailure {
  return new ProbeFailure('unresolved', 'resolve', code, detail);
}

function cancelled(name: string): ProbeFailure {
  return new ProbeFailure(
    'cancelled',
    'resolve',
    'cancelled',
    `the scan was stopped before ${name} was resolved`,
  );
}
