import type { InventoryRecord } from '../../model/inventory-record.js';
import type { TrendPoint } from '../../model/overview.js';
import { cleanText } from '../clean-text.js';
import type { Column } from '../columns.js';
import { ExportSummary } from '../export-summary.js';
import { Spool } from '../spool.js';
import { formatCharts } from './charts.js';
import { escapeHtml } from './escape-html.js';
import { formatFindingTable } from './finding-table.js';
import { readPageAsset } from './page-asset.js';
import { formatRowTable, toRow } from './row-table.js';
import { formatScriptJson } from './script-json.js';
import { formatTiles } from './tile.js';
import { formatTrendTable } from './trend-table.js';

/** Rows in one script element, which the page reads and drops before it takes the next. */
const ROWS_AT_ONCE = 500;

/** What a page shows besides records. */
export interface Page {
  readonly title: string;
  readonly columns: readonly Column[];
  readonly now: Date;
  /** The latest runs; none: nothing is told of them. */
  readonly trend: readonly TrendPoint[];
}

/** Writes the whole page; rows wait on disk until the totals above them are known. */
export async function* writePage(
  records: AsyncIterable<InventoryRecord>,
  page: Page,
): AsyncGenerator<string | Uint8Array> {
  const { columns, now } = page;
  const summary = new ExportSummary(now, 0);
  const chunks = new Spool();
  try {
    let rows: (readonly unknown[])[] = [];
    for await (const record of records) {
      summary.add(record);
      rows.push(toRow(record, columns, now));
      if (rows.length < ROWS_AT_ONCE) continue;
      await chunks.append(formatChunk(rows));
      rows = [];
    }
    if (rows.length > 0) await chunks.append(formatChunk(rows));
    const script = readPageAsset('page.js');
    yield formatHead(page.title, script.source);
    yield formatBody(summary, page);
    yield* chunks.read();
    yield `<script>${script.text}</script>\n</body>\n</html>\n`;
  } finally {
    await chunks.close();
  }
}

function formatChunk(rows: readonly unknown[]): string {
  return `<script type="application/json" class="rows">${formatScriptJson(rows)}</script>\n`;
}

/** The policy allows this style sheet and this script, and nothing else at all. */
function formatHead(title: string, scriptSource: string): string {
  const style = readPageAsset('page.css');
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src ${style.source}; script-src ${scriptSource}; base-uri 'none'; form-action 'none'">
<meta name="referrer" content="no-referrer">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(cleanText(title))}</title>
<style>${style.text}</style>
</head>
`;
}

function formatBody(summary: ExportSummary, { columns, now, title, trend }: Page): string {
  const lastScan = summary.lastScan === null ? '' : ` · last scan ${formatMoment(summary.lastScan)} UTC`;
  return `<body>
<header>
<h1>${escapeHtml(cleanText(title))}</h1>
<p class="when">Written ${formatMoment(now.toISOString())} UTC${lastScan}</p>
</header>
<main>
${formatTiles(summary)}
<section class="charts" aria-label="Charts">
${formatCharts(summary)}
</section>
${formatTrendTable(trend)}<h2>What is wrong, and what to do</h2>
${formatFindingTable(summary.findings())}
<h2 id="rows-title">All endpoints</h2>
${formatRowTable(columns)}
</main>
<footer>Made by certsweep. Times are UTC. Each certificate counts once, however many endpoints present it.</footer>
`;
}

/** `2026-11-22 10:00`, of nothing but a time: what is no time is not shown. */
function formatMoment(time: string): string {
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(time) ? time.slice(0, 16).replace('T', ' ') : 'unknown';
}
