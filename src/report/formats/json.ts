import type { ExportFormat } from '../export-format.js';
import { formatJsonRecord } from '../json-record.js';

/** One JSON array of observations, one a line. */
export const json: ExportFormat = {
  name: 'json',
  title: 'JSON, one array of observations',
  extension: 'json',
  mediaType: 'application/json',
  async *write(records, options) {
    let separator = '[\n';
    for await (const record of records) {
      yield `${separator}${formatJsonRecord(record, options)}`;
      separator = ',\n';
    }
    yield separator === '[\n' ? '[]\n' : '\n]\n';
  },
};
