import type { ExportFormat } from '../export-format.js';
import { formatJsonRecord } from '../json-record.js';

/** One JSON array of observations, one a line. */
export const json: ExportFormat = {
  name: 'json',
  title: 'JSON, one array of observations',
  description:
    'For programs that read a whole document: an array of observations, one a line, as `scan --ndjson` writes them; with `--fields`, objects of those fields.',
  extension: 'json',
  mediaType: 'application/json',
  hasFields: true,
  async *write(records, options) {
    let separator = '[\n';
    for await (const record of records) {
      yield `${separator}${formatJsonRecord(record, options)}`;
      separator = ',\n';
    }
    yield separator === '[\n' ? '[]\n' : '\n]\n';
  },
};
