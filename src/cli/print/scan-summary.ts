import type { Coverage } from '../../model/coverage.js';
import { formatEndpoint } from '../../model/endpoint.js';
import type { ScanSummary, SummaryRow } from '../../report/scan-summary.js';
import { formatCounts } from './counts.js';
import { formatCoverage } from './coverage.js';
import { formatFindingIds } from './finding-ids.js';
import { formatTable } from './table.js';

/** Rows of the summary's table; a larger scan shows its worst. */
export const SUMMARY_ROWS = 40;

/** Rows of ports and of networks; certsweep list coverage has them all. */
const COVERAGE_ROWS = 10;

/** How a scan ended, for its last lines. */
export interface ScanReport {
  readonly summary: ScanSummary;
  readonly planSize: number;
  /** Plan entries done, earlier parts of a resumed run included. */
  readonly entriesDone: number;
  /** Observations made for the sake of names that became known on the way. */
  readonly byName: number;
  /** Plan entries done by earlier parts of a resumed run. */
  readonly skipped: number;
  /** Probes that were made again, as the first had no fair chance. */
  readonly retries: number;
  /** Observations of endpoints that were not probed, as their address had kept silent. */
  readonly givenUp: number;
  /** Entries of the plan that were left out, as the inventory knew them. */
  readonly leftOut: number;
  readonly elapsedMs: number;
  /** What the whole run has covered, by port and by network. */
  readonly coverage: Coverage;
}

/** Writes the summary of a scan: the worst endpoints first, then totals that add up to the plan. */
export function formatScanSummary(report: ScanReport): string {
  const { summary } = report;
  const rows = summary.worst().filter((row) => summary.observations <= SUMMARY_ROWS || isWorthARow(row));
  const parts: string[] = [];
  if (rows.length > 0) parts.push(formatRows(rows));
  const unnamed = summary.observations - rows.length;
  if (rows.length > 0 && unnamed > 0) {
    parts.push(
      `… and ${count(unnamed)} more ${unnamed === 1 ? 'endpoint' : 'endpoints'}: certsweep list endpoints`,
    );
  }
  const covered = formatCoverage(report.coverage, COVERAGE_ROWS);
  if (covered !== '') parts.push(covered);
  parts.push(
    [
      `Status    ${formatCounts(summary.statuses)}`,
      `Outcome   ${formatCounts(summary.outcomes)}`,
      ...(formatCounts(summary.letters) === '' ? [] : [`Grades    ${formatCounts(summary.letters)}`]),
      ...(summary.findings.size === 0 ? [] : [`Findings  ${formatCounts(byCount(summary.findings))}`]),
      `Total     ${formatTotal(report)}`,
    ].join('\n'),
  );
  return `${parts.join('\n\n')}\n`;
}

function formatRows(rows: readonly SummaryRow[]): string {
  return formatTable(
    [
      { title: 'Endpoint', maxWidth: 60 },
      { title: 'Status' },
      { title: 'Grade' },
      { title: 'Expires' },
      { title: 'Common Name', maxWidth: 32 },
      { title: 'Findings', maxWidth: 80 },
    ],
    rows.map((row) => [
      formatEndpoint(row.endpoint),
      row.status,
      row.grade ?? '',
      row.notAfter?.slice(0, 10) ?? '',
      row.commonName ?? '',
      row.failure === null ? formatFindingIds(row.findings) : `${row.outcome}: ${row.failure}`,
    ]),
  );
}

/** In a large scan an address where nobody is home is no news. */
function isWorthARow({ outcome, findings }: SummaryRow): boolean {
  if (outcome === 'tls') return findings.length > 0;
  return !['refused', 'unreachable', 'connect-timeout', 'cancelled'].includes(outcome);
}

function formatTotal({
  summary,
  planSize,
  entriesDone,
  byName,
  givenUp,
  leftOut,
  retries,
  skipped,
  elapsedMs,
}: ScanReport): string {
  const seconds = (elapsedMs / 1000).toFixed(1);
  const observed = `${count(summary.observations)} observed in ${seconds} s`;
  const before = skipped === 0 ? '' : `, ${count(skipped)} done before`;
  const plan = `${count(entriesDone)} of ${count(planSize)} in the plan done`;
  const extra = summary.observations + skipped - byName - entriesDone;
  // One name of the plan may have several addresses, each an endpoint of its own.
  const names = extra > 0 ? `, ${count(extra)} more as names have several addresses` : '';
  const more = byName > 0 ? `, ${count(byName)} more by names` : '';
  const again = retries === 0 ? '' : `; ${count(retries)} tried again`;
  const known = leftOut === 0 ? '' : `; ${count(leftOut)} left out as known`;
  const silent = givenUp === 0 ? '' : `; ${count(givenUp)} not probed at addresses that stayed silent`;
  return `${observed}${before}; ${plan}${names}${more}${again}${silent}${known}`;
}

function byCount(counts: ReadonlyMap<string, number>): ReadonlyMap<string, number> {
  return new Map([...counts].sort(([a, many], [b, more]) => more - many || a.localeCompare(b, 'en')));
}

function count(value: number): string {
  return value.toLocaleString('en-US');
}
