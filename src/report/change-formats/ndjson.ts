import type { ChangeFormat } from '../change-format.js';

/** Newline-delimited JSON: one change a line. */
export const ndjson: ChangeFormat = {
  name: 'ndjson',
  title: 'JSON, one change a line',
  async *write(changes) {
    for await (const change of changes) yield `${JSON.stringify(change)}\n`;
  },
};
