import { escapeMarkdown } from '../escape-markdown.js';
import type { ExportFormat } from '../export-format.js';
import { type ActionRow, ExportSummary, type FindingCount } from '../export-summary.js';
import type { TallyCount } from '../tally.js';

/** Endpoints named one by one: pages take no more, and whoever needs all takes CSV. */
const ROWS = 100;

/** Names in a breakdown. */
const NAMES = 8;

/** Longest advice. */
const ADVICE_CHARACTERS = 600;

/** A report for a wiki or a pull request. */
export const markdown: ExportFormat = {
  name: 'markdown',
  title: 'Markdown report: totals, and what needs action',
  description:
    'For wikis, tickets and pull requests: totals, what is wrong with what to do about it, and the worst 100 endpoints, as tables of GitHub Flavored Markdown.',
  extension: 'md',
  mediaType: 'text/markdown; charset=utf-8; variant=GFM',
  hasFields: false,
  reads: () => new Set(['annotation', 'certificate', 'findingDetails', 'findings']),
  async *write(records, { now, title = 'Certificate report' }) {
    const summary = new ExportSummary(now, ROWS);
    for await (const record of records) summary.add(record);
    yield `# ${escapeMarkdown(title)}\n\n${formatMoment(now.toISOString())} UTC`;
    yield summary.lastScan === null ? '\n\n' : `; last scan ${formatMoment(summary.lastScan)} UTC\n\n`;
    yield `${summary.certificates} certificates on ${summary.endpoints} endpoints; `;
    yield `${summary.needingAction} endpoints need action.`;
    yield summary.unusedExpiring === 0
      ? '\n\n'
      : ` Besides, ${summary.unusedExpiring} are unused and expire or have expired.\n\n`;
    yield formatTotals(summary);
    yield formatFindings(summary.findings());
    yield formatRows(summary.worst(), summary.needingAction);
  },
};

function formatTotals(summary: ExportSummary): string {
  return [
    '## Totals\n',
    '| by | |\n|---|---|',
    formatCounts('Status of endpoints', entriesOf(summary.statuses)),
    formatCounts('Grade of endpoints', entriesOf(summary.letters)),
    formatCounts('Time left of certificates', entriesOf(summary.windows)),
    formatCounts('Key of certificates', listTop(summary.keyLengths.top(NAMES))),
    formatCounts('CA of certificates', listTop(summary.authorities.top(NAMES))),
  ]
    .filter((line) => line !== '')
    .join('\n');
}

function formatCounts(title: string, counts: readonly TallyCount[]): string {
  if (counts.length === 0) return '';
  return `| ${title} | ${counts.map(({ name, count }) => `${escapeMarkdown(name)}: ${count}`).join(', ')} |`;
}

function formatFindings(findings: readonly FindingCount[]): string {
  if (findings.length === 0) return '\n\n## Findings\n\nNone.\n';
  const rows = findings.map(
    ({ id, severity, endpoints, advice }) =>
      `| ${severity} | ${escapeMarkdown(id)} | ${endpoints} | ${escapeMarkdown(advice, ADVICE_CHARACTERS)} |`,
  );
  return `\n\n## Findings\n\n| severity | finding | endpoints | what to do |\n|---|---|---:|---|\n${rows.join('\n')}\n`;
}

function formatRows(rows: readonly ActionRow[], total: number): string {
  if (rows.length === 0) return '\n## Needs action\n\nNothing.\n';
  const lines = rows.map((row) =>
    [
      row.severity,
      escapeMarkdown(row.endpoint),
      escapeMarkdown(row.commonName ?? ''),
      row.status,
      row.grade ?? '',
      row.notAfter === null ? '' : formatMoment(row.notAfter),
      escapeMarkdown(row.findings.join(', ')),
      escapeMarkdown(row.owner ?? ''),
    ].join(' | '),
  );
  const left = total > rows.length ? `\n${total - rows.length} more endpoints need action.\n` : '';
  return [
    '\n## Needs action\n',
    '| severity | endpoint | common name | status | grade | expires (UTC) | findings | owner |',
    '|---|---|---|---|---|---|---|---|',
    ...lines.map((line) => `| ${line} |`),
    left,
  ].join('\n');
}

function entriesOf(counts: ReadonlyMap<string, number>): TallyCount[] {
  return [...counts].filter(([, count]) => count > 0).map(([name, count]) => ({ name, count }));
}

function listTop({ counts, others }: { readonly counts: readonly TallyCount[]; readonly others: number }) {
  return others > 0 ? [...counts, { name: 'others', count: others }] : counts;
}

function formatMoment(time: string): string {
  return time.slice(0, 16).replace('T', ' ');
}
