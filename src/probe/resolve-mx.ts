import type { MxRecord } from 'node:dns';
import { Resolver } from 'node:dns/promises';
import type { Failure } from '../model/failure.js';
import { onAbort } from './on-abort.js';
import { resolveHost } from './resolve-host.js';

/** Mail hosts of one domain that are looked at: the largest providers name about ten. */
const MAX_EXCHANGERS = 32;

/** Addresses of one mail host that are looked at. */
const MAX_ADDRESSES = 16;

/** A question is asked again once: answers travel by UDP, which may lose them. */
const TRIES = 2;

/** Whom to ask, and for how long. */
export interface ResolveMxOptions {
  /** Name servers as `192.0.2.53` or `192.0.2.53:5353`, asked for everything; absent: what this machine uses. */
  readonly servers?: readonly string[];
  /** Milliseconds for each question. */
  readonly timeoutMs: number;
  readonly signal?: AbortSignal;
}

/** One host that takes mail for a domain. */
export interface MailExchanger {
  /** The lower, the sooner it is tried; null: no MX record says so, the domain itself is the host. */
  readonly preference: number | null;
  readonly host: string;
  /** IPv4 before IPv6; none: `failure` says why. */
  readonly addresses: readonly string[];
  readonly failure: Failure | null;
}

/** Who takes mail for a domain. */
export interface MxResolution {
  readonly domain: string;
  /**
   * `records`: MX records say so. `implicit`: there are none, so the domain itself does (RFC 5321, section 5.1).
   * `null`: the domain takes no mail (RFC 7505). `failed`: nobody could be found out.
   */
  readonly kind: 'records' | 'implicit' | 'null' | 'failed';
  /** By preference. */
  readonly exchangers: readonly MailExchanger[];
  /** Mail hosts beyond the number that is looked at. */
  readonly omitted: number;
  readonly failure: Failure | null;
}

/** Finds the hosts that take mail for a domain, and all their addresses. Never rejects. */
export async function resolveMx(domain: string, options: ResolveMxOptions): Promise<MxResolution> {
  const found = await ask(options, (resolver) => resolver.resolveMx(domain));
  if (found.code !== null && found.code !== 'ENODATA') {
    return { ...NOTHING, domain, kind: 'failed', failure: explain(domain, found.code) };
  }
  const records = distinct(found.records ?? []);
  if (records.length === 0) {
    const exchanger = await resolveExchanger(domain, null, options);
    return { ...NOTHING, domain, kind: 'implicit', exchangers: [exchanger] };
  }
  // RFC 7505, section 3: the root as the only host; beside real hosts it means nothing.
  const hosts = records.filter(({ exchange }) => exchange !== '');
  if (hosts.length === 0) return { ...NOTHING, domain, kind: 'null' };
  const exchangers = await Promise.all(
    hosts
      .slice(0, MAX_EXCHANGERS)
      .map(({ exchange, priority }) => resolveExchanger(exchange, priority, options)),
  );
  return {
    ...NOTHING,
    domain,
    kind: 'records',
    exchangers,
    omitted: Math.max(0, hosts.length - MAX_EXCHANGERS),
  };
}

const NOTHING = { exchangers: [], omitted: 0, failure: null } as const;

/** Each host once, with its best preference, in the order of preference. */
function distinct(records: readonly MxRecord[]): MxRecord[] {
  const byHost = new Map<string, MxRecord>();
  const ordered = records
    .map(({ exchange, priority }) => ({ exchange: exchange.toLowerCase().replace(/\.$/, ''), priority }))
    .sort((a, b) => a.priority - b.priority || (a.exchange < b.exchange ? -1 : 1));
  for (const record of ordered) if (!byHost.has(record.exchange)) byHost.set(record.exchange, record);
  return [...byHost.values()];
}

async function resolveExchanger(
  host: string,
  preference: number | null,
  options: ResolveMxOptions,
): Promise<MailExchanger> {
  const { addresses, failure } = options.servers
    ? await askForAddresses(host, options)
    : await lookUpAddresses(host, options);
  return { preference, host, addresses: addresses.slice(0, MAX_ADDRESSES), failure };
}

type Addresses = Pick<MailExchanger, 'addresses' | 'failure'>;

async function lookUpAddresses(host: string, options: ResolveMxOptions): Promise<Addresses> {
  const { addresses, failed } = await resolveHost(host, options);
  return { addresses, failure: failed?.failure ?? null };
}

async function askForAddresses(host: string, options: ResolveMxOptions): Promise<Addresses> {
  const [ipv4, ipv6] = await Promise.all([
    ask(options, (resolver) => resolver.resolve4(host)),
    ask(options, (resolver) => resolver.resolve6(host)),
  ]);
  const addresses = [...new Set([...(ipv4.records ?? []), ...(ipv6.records ?? [])])];
  if (addresses.length > 0) return { addresses, failure: null };
  const code = [ipv4.code, ipv6.code].find((each) => each !== 'ENODATA' && each !== null) ?? 'ENODATA';
  return { addresses, failure: explain(host, code) };
}

type Answer<T> =
  | { readonly records: readonly T[]; readonly code: null }
  | { readonly records: null; readonly code: string };

/** Asks one question; ends at the deadline or the signal, whatever the name servers do. */
async function ask<T>(
  { servers, signal, timeoutMs }: ResolveMxOptions,
  question: (resolver: Resolver) => Promise<T[]>,
): Promise<Answer<T>> {
  if (signal?.aborted) return { records: null, code: 'cancelled' };
  const resolver = new Resolver({ timeout: Math.ceil(timeoutMs / TRIES), tries: TRIES });
  if (servers) resolver.setServers(servers);
  const timer = setTimeout(() => resolver.cancel(), timeoutMs);
  const forgetSignal = signal && onAbort(signal, () => resolver.cancel());
  try {
    return { records: await question(resolver), code: null };
  } catch (error) {
    if (signal?.aborted) return { records: null, code: 'cancelled' };
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    return { records: null, code: code === 'ECANCELLED' || code === 'ETIMEOUT' ? 'timeout' : code };
  } finally {
    clearTimeout(timer);
    forgetSignal?.();
  }
}

function explain(name: string, code: string): Failure {
  return { stage: 'resolve', code, detail: REASONS[code]?.(name) ?? `${name} cannot be resolved: ${code}` };
}

const REASONS: Readonly<Record<string, (name: string) => string>> = {
  ENOTFOUND: (name) => `${name} is not known`,
  ENODATA: (name) => `${name} has no address`,
  ESERVFAIL: (name) => `the name server could not say what ${name} is; it may be temporary`,
  EREFUSED: (name) => `the name server refuses to say what ${name} is`,
  ECONNREFUSED: () => 'the name server does not answer',
  EBADNAME: (name) => `${name} is no name that can be asked for`,
  timeout: (name) => `no answer about ${name} in time`,
  cancelled: (name) => `the check was stopped before ${name} was resolved`,
};
