import type { FindingCount } from '../export-summary.js';
import { formatCount } from './chart.js';
import { escapeHtml } from './escape-html.js';

/** What is wrong, the gravest first, and what to do about it. */
export function formatFindingTable(findings: readonly FindingCount[]): string {
  if (findings.length === 0) return '<p>Nothing is wrong.</p>';
  const rows = findings.map(
    ({ id, severity, endpoints, advice }) =>
      `<tr><td><span class="badge severity-${severity}">${severity}</span></td>` +
      `<td><button type="button" class="pick" value="${escapeHtml(id)}">${escapeHtml(id)}</button></td>` +
      `<td class="number">${formatCount(endpoints)}</td><td>${escapeHtml(advice)}</td></tr>`,
  );
  return (
    '<div class="scroll"><table class="findings"><thead><tr><th scope="col">Severity</th><th scope="col">Finding</th>' +
    `<th scope="col" class="number">Endpoints</th><th scope="col">What to do</th></tr></thead><tbody>${rows.join('\n')}</tbody></table></div>`
  );
}
