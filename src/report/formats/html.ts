import type { ExportFormat } from '../export-format.js';
import { listPageColumns } from '../html/row-table.js';
import { writePage } from '../html/write-page.js';

/** One self-contained page with charts and a table that sorts and searches. */
export const html: ExportFormat = {
  name: 'html',
  title: 'Web page with charts and a table, in one file',
  description:
    'For people who want to look: totals, charts, what is wrong with what to do about it, and a table that sorts and searches; of a whole inventory also what the latest runs have found. One file that opens from disk, asks the network for nothing and runs nothing but its own script; it prints well.',
  extension: 'html',
  mediaType: 'text/html; charset=utf-8',
  hasFields: true,
  async *write(records, { now, columns = listPageColumns(), title = 'Certificate report', trend }) {
    yield* writePage(records, { title, columns, now, trend: trend ? await trend() : [] });
  },
};
