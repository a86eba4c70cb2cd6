import type { LastRun, NamedCount, Overview, TrendPoint } from '../../model/overview.js';
import { type Bar, formatBars, formatCount } from './bars.js';
import { formatCounts } from './counts.js';
import { formatTable } from './table.js';
import type { TextStyle, Tone } from './text-style.js';

/** Lays an overview out in words, bars and a table of the latest runs. */
export function formatOverview(overview: Overview, style: TextStyle): string {
  const { certificates, endpoints, lastRun, now, trend } = overview;
  const bars = (title: string, counts: readonly NamedCount[], tones: Readonly<Record<string, Tone>> = {}) =>
    formatBars(title, withTones(counts, tones), style);
  const parts = [
    formatLastRun(lastRun, style),
    [
      style.paint('title', `Certificates, as of ${minute(now)}`),
      ...align([
        ['found', certificates.total],
        ['expired', certificates.expired],
        ['expire within 7 days', certificates.expiringIn7Days],
        ['expire within 30 days', certificates.expiringIn30Days],
        ['expire within 90 days', certificates.expiringIn90Days],
        ...(certificates.unused === 0
          ? []
          : [['are used by nobody, and not among the last four', certificates.unused] as const]),
        ['share their key with another', certificates.reusedKeys.certificates],
      ]),
    ].join('\n'),
    bars('By gravest finding', named(certificates.severities).reverse(), SEVERITY_TONES),
    bars('By time left', certificates.windows.filter(isUsual), WINDOW_TONES),
    bars('By certification authority', certificates.authorities),
    bars('By key type', certificates.keyTypes),
    bars('By key length', certificates.keyLengths),
    bars('By signature hash', certificates.signatureHashes, HASH_TONES),
    bars('By validation', certificates.validations),
    bars('Endpoints by status', named(endpoints.statuses).slice(0, -1), STATUS_TONES),
    bars('Endpoints by state', named(endpoints.states), STATE_TONES),
    formatTrend(trend, style),
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

/** Few certificates have no end, or are marked as unused, and none should have one that cannot be read. */
const RARE_WINDOWS: ReadonlySet<string> = new Set(['Never', 'Unknown', 'Unused']);

function isUsual({ count, name }: NamedCount): boolean {
  return count > 0 || !RARE_WINDOWS.has(name);
}

const SEVERITY_TONES: Readonly<Record<string, Tone>> = {
  none: 'good',
  medium: 'warning',
  high: 'bad',
  critical: 'bad',
};

const WINDOW_TONES: Readonly<Record<string, Tone>> = {
  Expired: 'bad',
  '0 to 7 days': 'bad',
  '8 to 30 days': 'warning',
};

const HASH_TONES: Readonly<Record<string, Tone>> = { MD2: 'bad', MD4: 'bad', MD5: 'bad', 'SHA-1': 'bad' };

const STATUS_TONES: Readonly<Record<string, Tone>> = {
  Expired: 'bad',
  Revoked: 'bad',
  Warning: 'warning',
  Good: 'good',
};

const STATE_TONES: Readonly<Record<string, Tone>> = { live: 'good', gone: 'faint', unreachable: 'warning' };

function formatLastRun(run: LastRun | null, style: TextStyle): string {
  if (run === null) return `${style.paint('title', 'Last scan')}\n  none yet`;
  const { counts, durationMs, id, newCertificates, newEndpoints, planSize, startedAt, state } = run;
  const took = durationMs === null ? '' : `, ${formatDuration(durationMs)}`;
  const outcomes = formatCounts(new Map(Object.entries(counts)));
  const added =
    newEndpoints === null || newCertificates === null
      ? []
      : [
          newEndpoints + newCertificates === 0
            ? '  nothing new'
            : `  new: ${formatCount(newCertificates)} certificates, ${formatCount(newEndpoints)} endpoints`,
        ];
  return [
    style.paint('title', `Last scan, ${minute(startedAt)}`),
    `  run ${id}: ${state}${took}`,
    `  ${formatCount(planSize)} in the plan${outcomes === '' ? '' : `: ${outcomes}`}`,
    ...added,
  ].join('\n');
}

function formatTrend(trend: readonly TrendPoint[], style: TextStyle): string {
  if (trend.length === 0) return '';
  const numbers = ['Certificates', 'Expired', 'Expiring', 'Warnings'];
  const table = formatTable(
    [{ title: 'Run' }, ...numbers.map((title) => ({ title, align: 'right' as const })), { title: '' }],
    trend.map(({ at, certificates, expired, expiring, warnings }) => [
      minute(at),
      ...[certificates, expired, expiring, warnings].map(formatCount),
      drawTrend(certificates, Math.max(...trend.map((point) => point.certificates))),
    ]),
  );
  const lines = table.split('\n').map((line) => `  ${line}`);
  return [style.paint('title', 'Latest runs'), ...lines].join('\n');
}

/** Columns of the bars of certificates beside the numbers of each run. */
const TREND_COLUMNS = 12;

function drawTrend(count: number, most: number): string {
  return '█'.repeat(most === 0 ? 0 : Math.max(count > 0 ? 1 : 0, Math.round((TREND_COLUMNS * count) / most)));
}

function withTones(counts: readonly NamedCount[], tones: Readonly<Record<string, Tone>>): Bar[] {
  return counts.map(({ count, name }) => ({ name, count, tone: tones[name] ?? 'plain' }));
}

function named(counts: Readonly<Record<string, number>>): NamedCount[] {
  return Object.entries(counts).map(([name, count]) => ({ name, count }));
}

function align(rows: readonly (readonly [string, number])[]): string[] {
  const width = Math.max(...rows.map(([, count]) => formatCount(count).length));
  return rows.map(([name, count]) => `  ${formatCount(count).padStart(width)}  ${name}`);
}

/** `2026-11-22 10:00`, UTC. */
function minute(time: string): string {
  return `${time.slice(0, 16).replace('T', ' ')} UTC`;
}

const MS_PER_SECOND = 1000;

/** `2 h 3 min`, `3 min 4 s` or `5.6 s`. */
function formatDuration(milliseconds: number): string {
  const seconds = Math.round(milliseconds / MS_PER_SECOND);
  if (seconds < 60) return `${(milliseconds / MS_PER_SECOND).toFixed(1)} s`;
  const minutes = Math.floor(seconds / 60);
  return minutes < 60
    ? `${minutes} min ${seconds % 60} s`
    : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
