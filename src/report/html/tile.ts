import type { ExportSummary } from '../export-summary.js';
import { formatCount } from './chart.js';
import { escapeHtml } from './escape-html.js';

/** The numbers that readers want first. */
export function formatTiles(summary: ExportSummary): string {
  const { windows, statuses, endpoints } = summary;
  const expired = windows.get('Expired') ?? 0;
  const soon = (windows.get('0 to 7 days') ?? 0) + (windows.get('8 to 30 days') ?? 0);
  const good = statuses.get('Good') ?? 0;
  const tiles: readonly (readonly [string, string, string])[] = [
    ['Certificates', formatCount(summary.certificates), 'plain'],
    ['Endpoints', formatCount(endpoints), 'plain'],
    [
      'Endpoints that need action',
      formatCount(summary.needingAction),
      summary.needingAction > 0 ? 'warning' : 'good',
    ],
    ['Certificates expired', formatCount(expired), expired > 0 ? 'critical' : 'good'],
    ['Certificates that expire within 30 days', formatCount(soon), soon > 0 ? 'warning' : 'good'],
    ...(summary.unusedExpiring === 0
      ? []
      : ([['Unused endpoints that expire', formatCount(summary.unusedExpiring), 'plain']] as const)),
    ['Endpoints in good order', endpoints === 0 ? '–' : `${Math.floor((100 * good) / endpoints)} %`, 'good'],
  ];
  return `<dl class="tiles">${tiles
    .map(
      ([label, value, tone]) =>
        `<div class="tile edge-${tone}"><dt>${escapeHtml(label)}</dt><dd>${value}</dd></div>`,
    )
    .join('')}</dl>`;
}
