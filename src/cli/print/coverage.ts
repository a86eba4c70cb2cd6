import type { Coverage } from '../../model/coverage.js';
import type { Outcome } from '../../model/outcome.js';
import type { ScanRun } from '../../model/scan-run.js';
import { formatTable, type TableColumn } from './table.js';

type Counts = ScanRun['counts'];

interface CoverageRow {
  readonly name: string;
  readonly counts: Counts;
}

/** Columns after the name: what is counted there. The last takes what no other does. */
const COLUMNS: readonly { readonly title: string; readonly outcomes: readonly Outcome[] }[] = [
  { title: 'Certificate', outcomes: ['tls'] },
  { title: 'Refused', outcomes: ['refused'] },
  { title: 'Silent', outcomes: ['connect-timeout'] },
  { title: 'Unreachable', outcomes: ['unreachable', 'unresolved'] },
];

/**
 * Writes what a run has covered, by port and by network, as tables. Where `most` is a number they are a summary: no table
 * with one row or with a row for each endpoint, no more than so many rows, those with the most certificates first, and a
 * last one that adds the others up.
 */
export function formatCoverage({ ports, subnets }: Coverage, most: number | null): string {
  const byPort = ports.map(({ counts, port, protocol }) => ({
    name: protocol === 'tls' ? `${port}` : `${port}/${protocol}`,
    counts,
  }));
  const bySubnet = subnets.map(({ counts, subnet }) => ({ name: subnet, counts }));
  return [['Port', byPort] as const, ['Network', bySubnet] as const]
    .filter(([, rows]) => most === null || (rows.length > 1 && rows.some(({ counts }) => total(counts) > 1)))
    .map(([title, rows]) => formatRows(title, most === null ? rows : shorten(rows, most)))
    .join('\n\n');
}

function formatRows(title: string, rows: readonly CoverageRow[]): string {
  const columns: TableColumn[] = [
    { title },
    ...['Observed', ...COLUMNS.map((column) => column.title), 'Other'].map((each) => ({
      title: each,
      align: 'right' as const,
    })),
  ];
  return formatTable(
    columns,
    rows.map(({ counts, name }) => {
      const observed = total(counts);
      const counted = COLUMNS.map(({ outcomes }) => sumOf(counts, outcomes));
      const other = observed - counted.reduce((sum, count) => sum + count, 0);
      return [name, ...[observed, ...counted, other].map((count) => count.toLocaleString('en-US'))];
    }),
  );
}

function shorten(rows: readonly CoverageRow[], most: number): readonly CoverageRow[] {
  if (rows.length <= most) return rows;
  const sorted = [...rows].sort(
    (a, b) => sumOf(b.counts, ['tls']) - sumOf(a.counts, ['tls']) || total(b.counts) - total(a.counts),
  );
  const others = sorted.slice(most - 1);
  const counts: Partial<Record<Outcome, number>> = {};
  for (const row of others) {
    for (const [outcome, count] of Object.entries(row.counts) as [Outcome, number][])
      counts[outcome] = (counts[outcome] ?? 0) + count;
  }
  return [...sorted.slice(0, most - 1), { name: `${others.length.toLocaleString('en-US')} others`, counts }];
}

function sumOf(counts: Counts, outcomes: readonly Outcome[]): number {
  return outcomes.reduce((sum, outcome) => sum + (counts[outcome] ?? 0), 0);
}

function total(counts: Counts): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}
