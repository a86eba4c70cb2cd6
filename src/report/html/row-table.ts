import type { InventoryRecord } from '../../model/inventory-record.js';
import { formatCellText } from '../cell-text.js';
import { COLUMNS, type Column } from '../columns.js';
import { cutText } from '../cut-text.js';
import { escapeHtml } from './escape-html.js';

/** Longest text in a cell: pages hold thousands of rows, and people read none that is longer. */
const CELL_CHARACTERS = 2000;

/** Columns that people read in a browser; the others can be asked for. */
const PAGE_COLUMNS: readonly string[] = [
  'status',
  'grade',
  'commonName',
  'warnings',
  'host',
  'address',
  'port',
  'protocol',
  'expires',
  'daysLeft',
  'issuer',
  'keyType',
  'keyLength',
];

/** The columns of the page when nobody chooses. */
export function listPageColumns(): readonly Column[] {
  return PAGE_COLUMNS.flatMap((id) => COLUMNS.filter((column) => column.id === id));
}

/** One row as the page's script takes it: a number, a text, or null for each column. */
export function toRow(
  record: InventoryRecord,
  columns: readonly Column[],
  now: Date,
): readonly (string | number | null)[] {
  return columns.map((column) => {
    const value = column.value(record, now);
    return value === null || typeof value === 'number'
      ? value
      : cutText(formatCellText(value, column.type), CELL_CHARACTERS);
  });
}

/** The table without its rows, and what sorts, searches and turns its pages. */
export function formatRowTable(columns: readonly Column[]): string {
  const heads = columns.map(
    ({ id, title, type }) =>
      `<th scope="col" aria-sort="none" data-id="${id}" data-type="${type}"><button type="button">${escapeHtml(title)}</button></th>`,
  );
  return `<noscript><p class="note">The rows below need scripts, which are turned off here. All else on this page does without.</p></noscript>
<div class="tools" role="search">
<label>Search <input type="search" id="search" placeholder="every word, in any column" autocomplete="off" spellcheck="false"></label>
<label id="status-label" hidden>Status <select id="status"><option value="">any</option></select></label>
<label>Rows <select id="size"><option>25</option><option selected>50</option><option>200</option><option>1000</option></select></label>
<span class="pager"><button type="button" id="previous" aria-label="Previous page">‹</button>
<span id="where" role="status" aria-live="polite"></span><button type="button" id="next" aria-label="Next page">›</button></span>
</div>
<div class="scroll" tabindex="0" role="region" aria-labelledby="rows-title"><table id="rows"><thead><tr>${heads.join('')}</tr></thead><tbody></tbody></table></div>`;
}
