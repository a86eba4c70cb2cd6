import type { Endpoint } from '../model/endpoint.js';
import type { PlanSelection } from '../model/plan-selection.js';
import type { Plan } from './plan.js';

/** What an inventory knows of one endpoint: its last observation. */
export interface KnownEndpoint {
  readonly endpoint: Endpoint;
  /** UTC ISO-8601. */
  readonly observedAt: string;
  /** UTC ISO-8601: when the certificate ends; null: there was none, or it does not say. */
  readonly expires: string | null;
  readonly hasCertificate: boolean;
}

/** How what is known decides which entries of a plan are visited, and when. */
export interface KnownChoice {
  /** Leaves out all that were ever observed. */
  readonly onlyNew?: boolean;
  /** Leaves out what was observed less than this long ago. */
  readonly olderThanMs?: number;
  /** Visits what had a certificate first, the soonest to expire before the others. */
  readonly expiringFirst?: boolean;
}

/** A name's entry in a plan may be known by several addresses: the last observation and the first expiry count. */
interface KnownEntry {
  observedMs: number;
  /** Infinity: it is not known. */
  expiresMs: number;
  hasCertificate: boolean;
}

/** Makes the selection from a plan of what is worth a visit, judged as of `now`. */
export function chooseKnown(
  plan: Plan,
  known: Iterable<KnownEndpoint>,
  { onlyNew = false, olderThanMs, expiringFirst = false }: KnownChoice,
  now: Date,
): PlanSelection {
  const entries = entriesOf(plan, known);
  const sinceMs = olderThanMs === undefined ? Number.POSITIVE_INFINITY : now.getTime() - olderThanMs;
  const without: number[] = [];
  const visited: [index: number, entry: KnownEntry][] = [];
  for (const [index, entry] of entries) {
    if (onlyNew || entry.observedMs > sinceMs) without.push(index);
    else if (expiringFirst && entry.hasCertificate) visited.push([index, entry]);
  }
  without.sort((a, b) => a - b);
  // Equal expiries keep the order of the plan, so that the same knowledge makes the same selection.
  visited.sort(([a, { expiresMs: aMs }], [b, { expiresMs: bMs }]) =>
    aMs === bMs ? a - b : aMs < bMs ? -1 : 1,
  );
  return { first: visited.map(([index]) => index), without };
}

function entriesOf(plan: Plan, known: Iterable<KnownEndpoint>): Map<number, KnownEntry> {
  const entries = new Map<number, KnownEntry>();
  for (const { endpoint, observedAt, expires, hasCertificate } of known) {
    const index = plan.indexOf(endpoint);
    if (index === null) continue;
    const observedMs = Date.parse(observedAt);
    const expiresMs = expires === null ? Number.POSITIVE_INFINITY : Date.parse(expires);
    const entry = entries.get(index);
    if (entry === undefined) {
      entries.set(index, { observedMs, expiresMs, hasCertificate });
      continue;
    }
    entry.observedMs = Math.max(entry.observedMs, observedMs);
    entry.expiresMs = Math.min(entry.expiresMs, expiresMs);
    entry.hasCertificate ||= hasCertificate;
  }
  return entries;
}
