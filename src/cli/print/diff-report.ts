import type { ChangeGroup } from '../../report/change-groups.js';
import { CHANGE_TITLES, describeChange } from '../../report/describe-change.js';
import type { DiffTotals } from '../../scan/diff/diff-views.js';
import { formatCounts } from './counts.js';
import { escapeTerminal } from './escape-terminal.js';
import { formatTable } from './table.js';

const COLUMNS = [
  { title: 'Endpoint', maxWidth: 60 },
  { title: 'Before', maxWidth: 44 },
  { title: 'After', maxWidth: 44 },
  { title: 'Why', maxWidth: 120 },
];

/** What was compared, in words. */
export interface DiffLabels {
  readonly before: string;
  readonly after: string;
}

/** Writes changes as tables, one for each kind, with totals; no change is one line, and `isChosen` those asked for. */
export function formatDiffReport(
  groups: readonly ChangeGroup[],
  { after, before }: DiffLabels,
  totals: Readonly<DiffTotals>,
  isChosen: boolean,
): string {
  const sides = `from ${escapeTerminal(before)} to ${escapeTerminal(after)}`;
  const compared = `${count(totals.compared)} endpoints that ever spoke were asked on both sides${describeUnasked(totals)}`;
  if (groups.length === 0) return `no ${isChosen ? 'such ' : ''}changes ${sides}: ${compared}\n`;
  const tables = groups.map(({ count: all, kind, shown }) => {
    const rest = all - shown.length;
    return [
      `${CHANGE_TITLES[kind]} (${count(all)})`,
      formatTable(COLUMNS, shown.map(describeChange)),
      ...(rest > 0 ? [`… and ${count(rest)} more: --limit ${all} shows them`] : []),
    ].join('\n');
  });
  const counts = formatCounts(new Map(groups.map(({ kind, count: all }) => [kind, all])));
  return [`Changes ${sides}`, ...tables, `Changes   ${counts}\nCompared  ${compared}\n`].join('\n\n');
}

function describeUnasked({ notAsked }: Readonly<DiffTotals>): string {
  if (notAsked === 0) return '';
  return `; ${count(notAsked)} that had a certificate were not asked afterwards: nothing is said of them`;
}

function count(value: number): string {
  return value.toLocaleString('en-US');
}
