import type { ExportFormat } from '../export-format.js';
import { formatJsonRecord } from '../json-record.js';

/** Newline-delimited JSON: one observation a line, as `scan --ndjson` writes it. */
export const ndjson: ExportFormat = {
  name: 'ndjson',
  title: 'JSON, one observation a line',
  description:
    'For programs and log pipelines: one observation a line, as `scan --ndjson` writes it; with `--fields`, objects of those fields.',
  extension: 'ndjson',
  mediaType: 'application/x-ndjson',
  hasFields: true,
  async *write(records, options) {
    for await (const record of records) yield `${formatJsonRecord(record, options)}\n`;
  },
};
