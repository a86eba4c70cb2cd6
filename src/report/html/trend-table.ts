import type { TrendPoint } from '../../model/overview.js';
import { formatCount } from './chart.js';
import { escapeHtml } from './escape-html.js';

const TITLES = ['Certificates', 'Expired', 'Expiring within 30 days', 'With warnings'];

/** What the latest runs have found, the latest last; empty: there are no runs to tell of. */
export function formatTrendTable(trend: readonly TrendPoint[]): string {
  if (trend.length === 0) return '';
  const head = TITLES.map((title) => `<th scope="col" class="number">${title}</th>`).join('');
  const rows = trend.map(({ at, certificates, expired, expiring, warnings }) => {
    const cells = [certificates, expired, expiring, warnings].map(
      (count) => `<td class="number">${formatCount(count)}</td>`,
    );
    return `<tr><th scope="row">${escapeHtml(at.slice(0, 16).replace('T', ' '))} UTC</th>${cells.join('')}</tr>`;
  });
  return `<h2>Latest runs</h2>
<div class="scroll"><table class="findings"><thead><tr><th scope="col">Run</th>${head}</tr></thead><tbody>${rows.join('\n')}</tbody></table></div>
`;
}
