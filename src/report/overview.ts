import { ENDPOINT_STATES } from '../model/endpoint-state.js';
import { SEVERITIES } from '../model/finding.js';
import { hashOfSignature } from '../model/hash-of-signature.js';
import { STATUSES } from '../model/judgement.js';
import type { LastRun, NamedCount, Overview, TrendPoint } from '../model/overview.js';
import type { OverviewFacts } from '../model/overview-facts.js';
import { cleanText } from './clean-text.js';
import { cutText } from './cut-text.js';
import { EXPIRY_WINDOW_DAYS, UNUSED } from './expiry-window.js';
import { nameAuthority } from './name-authority.js';
import { nameKeyLength } from './name-key-length.js';

const MS_PER_DAY = 86_400_000;

/** CAs and the like that are told apart: more bars than these nobody compares. */
const NAMES = 10;

/** Longest name kept. */
const NAME_CHARACTERS = 200;

/** RFC 5280, section 4.1.2.5: certificates without an end say this. */
const NO_END = Date.UTC(9999, 11, 31, 23, 59, 59);

/** Puts an overview together, as of a moment. */
export function makeOverview(facts: OverviewFacts, now: Date): Overview {
  const time = now.getTime();
  const expired = facts.countEndingBefore(time);
  const within = (days: number) => facts.countEndingBefore(time + days * MS_PER_DAY + 1) - expired;
  const { certificates, states, statuses, severities } = facts;
  const graded = SEVERITIES.reduce((sum, severity) => sum + (severities[severity] ?? 0), 0);
  return {
    now: now.toISOString(),
    lastRun: describeLastRun(facts),
    endpoints: {
      total: facts.endpoints,
      states: complete(ENDPOINT_STATES, states),
      statuses: complete(STATUSES, statuses),
    },
    certificates: {
      total: certificates,
      unused: facts.unused,
      expired,
      expiringIn7Days: within(7),
      expiringIn30Days: within(30),
      expiringIn90Days: within(90),
      severities: { none: certificates - graded, ...complete(SEVERITIES, severities) },
      windows: countWindows(facts, time),
      keyTypes: gather(
        facts.keys.map(({ count, type }) => ({ name: type ?? UNKNOWN, count })),
        certificates,
      ),
      keyLengths: gather(
        facts.keys.map(({ bits, count, type }) => ({
          name: type === null ? UNKNOWN : nameKeyLength(type, bits),
          count,
        })),
        certificates,
      ),
      signatureHashes: gather(
        facts.signatures.map(({ count, value }) => ({
          name: value === null ? UNKNOWN : (hashOfSignature(value) ?? value),
          count,
        })),
        certificates,
      ),
      authorities: gather(
        facts.issuers.map(({ count, value }) => ({
          name: value === null ? UNKNOWN : nameAuthority(value),
          count,
        })),
        certificates,
      ),
      validations: gather(
        facts.validations.map(({ count, value }) => ({ name: value ?? UNKNOWN, count })),
        certificates,
      ),
      reusedKeys: { keys: facts.reusedKeys, certificates: facts.certificatesWithReusedKeys },
    },
    trend: facts.runs.flatMap(toTrendPoint).reverse(),
  };
}

const UNKNOWN = 'Unknown';

function describeLastRun({ runs }: OverviewFacts): LastRun | null {
  const [latest] = runs;
  if (latest === undefined) return null;
  const { counts, endedAt, id, planSize, startedAt, state } = latest.run;
  return {
    id,
    startedAt,
    endedAt,
    state,
    planSize,
    counts,
    durationMs: endedAt === null ? null : Date.parse(endedAt) - Date.parse(startedAt),
    newEndpoints: latest.summary?.newEndpoints ?? null,
    newCertificates: latest.summary?.newCertificates ?? null,
  };
}

function toTrendPoint({ run, summary }: OverviewFacts['runs'][number]): TrendPoint[] {
  if (summary === null) return [];
  const { certificates, expired, expiring, warnings } = summary;
  return [{ run: run.id, at: run.endedAt ?? run.startedAt, certificates, expired, expiring, warnings }];
}

function complete<Name extends string>(
  names: readonly Name[],
  counts: Readonly<Partial<Record<Name, number>>>,
): Record<Name, number> {
  return Object.fromEntries(names.map((name) => [name, counts[name] ?? 0])) as Record<Name, number>;
}

/** The same windows as `ExportSummary` has. */
function countWindows(facts: OverviewFacts, time: number): NamedCount[] {
  const { certificates, countEndingBefore, unused, withExpiry } = facts;
  let before = countEndingBefore(time);
  const windows: NamedCount[] = [{ name: 'Expired', count: before }];
  for (const [name, days] of EXPIRY_WINDOW_DAYS) {
    const until = countEndingBefore(time + days * MS_PER_DAY + 1);
    windows.push({ name, count: until - before });
    before = until;
  }
  const withEnd = countEndingBefore(NO_END);
  windows.push(
    { name: 'More than a year', count: Math.max(0, withEnd - before) },
    { name: 'Never', count: withExpiry - withEnd },
    { name: UNKNOWN, count: certificates - withExpiry - unused },
    { name: UNUSED, count: unused },
  );
  return windows;
}

/** Adds up what has the same name, the most frequent first, and what is beyond the page as one. */
function gather(all: readonly NamedCount[], total: number): NamedCount[] {
  const counts = new Map<string, number>();
  for (const { count, name } of all) {
    const tidy = cutText(cleanText(name), NAME_CHARACTERS) || 'Unnamed';
    counts.set(tidy, (counts.get(tidy) ?? 0) + count);
  }
  const shown = [...counts]
    .map(([name, count]) => ({ name, count }))
    .sort((a, b) => b.count - a.count || (a.name < b.name ? -1 : 1))
    .slice(0, NAMES);
  const others = total - shown.reduce((sum, { count }) => sum + count, 0);
  return others > 0 ? [...shown, { name: 'Others', count: others }] : shown;
}
