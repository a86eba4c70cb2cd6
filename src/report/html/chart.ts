import type { TallyCount } from '../tally.js';
import { escapeHtml } from './escape-html.js';

/** One part of a chart; the tone is a class of the style sheet. */
export interface ChartPart extends TallyCount {
  readonly tone: string;
}

/** A list of bars, drawn without styles of their own, so that a strict content security policy lets them be. */
export function formatBarChart(title: string, parts: readonly ChartPart[]): string {
  const most = Math.max(1, ...parts.map(({ count }) => count));
  const items = parts.map(
    ({ name, count, tone }) =>
      `<li><span class="name" title="${escapeHtml(name)}">${escapeHtml(name)}</span>` +
      `<svg class="bar" viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true"><rect class="track" width="100" height="1"/>` +
      `<rect class="tone-${tone}" width="${((100 * count) / most).toFixed(2)}" height="1"/></svg><span class="count">${formatCount(count)}</span></li>`,
  );
  return formatFigure(title, `<ol class="bars">${items.join('')}</ol>`);
}

/** A ring of parts with the whole in its middle, and the parts as a list beside it. */
export function formatRingChart(title: string, unit: string, parts: readonly ChartPart[]): string {
  const total = parts.reduce((sum, { count }) => sum + count, 0);
  let before = 0;
  const arcs = parts.map(({ count, tone }) => {
    const share = total === 0 ? 0 : (100 * count) / total;
    const arc =
      share === 0
        ? ''
        : `<circle class="arc tone-${tone}" cx="21" cy="21" r="16" pathLength="100" stroke-dasharray="${share.toFixed(3)} 100" stroke-dashoffset="${(-before).toFixed(3)}"/>`;
    before += share;
    return arc;
  });
  const items = parts.map(
    ({ name, count, tone }) =>
      `<li><svg class="dot" viewBox="0 0 1 1" aria-hidden="true"><rect class="tone-${tone}" width="1" height="1"/></svg>` +
      `<span class="name">${escapeHtml(name)}</span><span class="count">${formatCount(count)}</span></li>`,
  );
  const ring =
    `<svg class="ring" viewBox="0 0 42 42" aria-hidden="true"><circle class="hole" cx="21" cy="21" r="16"/>${arcs.join('')}` +
    `<text x="21" y="21.5">${formatCount(total)}</text><text class="unit" x="21" y="26">${escapeHtml(unit)}</text></svg>`;
  return formatFigure(title, `<div class="split">${ring}<ol class="legend">${items.join('')}</ol></div>`);
}

/** `12 345`, with a narrow space that no line breaks at. */
export function formatCount(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, '\u202f');
}

function formatFigure(title: string, content: string): string {
  return `<figure class="chart"><figcaption>${escapeHtml(title)}</figcaption>${content}</figure>`;
}
