import { readCsv } from '../csv.js';
import type { ImportFormat } from '../import-format.js';
import type { ImportSink } from '../import-sink.js';
import { createLineReader } from '../line-reader.js';

/** What zmap's TCP module calls an answer of an open port. */
const OPEN = 'synack';

/**
 * The table that zmap writes: `saddr` is who answered and `sport` from which port. Without that column, and in lists of
 * addresses alone, which are plain target text, the ports of the scan hold.
 */
export const zmapCsv: ImportFormat = {
  name: 'zmap CSV',
  writtenBy: '`zmap -O csv`',
  description:
    'Addresses (`saddr`) that answered from an open port; without a column `sport`, the ports are those of `--ports`.',
  recognises(beginning) {
    const first = /^\s*(.*)/.exec(beginning)?.[1] ?? '';
    return cellsOf(first)?.includes('saddr') ?? false;
  },
  open(sink: ImportSink) {
    let columns: readonly string[] | null = null;
    const lines = createLineReader({
      fail: sink.fail,
      line(text, number) {
        if (text.trim() === '' || text.startsWith('#')) return;
        const cells = cellsOf(text);
        if (cells === null) sink.fail('has an opening quote and no closing one', number);
        if (columns === null) {
          columns = cells;
          return;
        }
        // Files that were put together have a header for each part.
        if (cells.join() === columns.join()) return;
        const named = columns;
        const cell = (column: string) => cells[named.indexOf(column)];
        const address = cell('saddr')?.trim() ?? '';
        const classification = cell('classification');
        if (cells.length !== columns.length) {
          sink.fail(`has a line with ${cells.length} of ${columns.length} cells`, number);
        }
        if (classification === undefined ? cell('success') === '0' : classification !== OPEN) {
          sink.leaveOut('closed or filtered');
        } else sink.add({ address, name: null, port: cell('sport')?.trim() ?? null }, number);
      },
    });
    return {
      write: lines.write,
      end() {
        if (lines.end() !== null) sink.remark('its last line has no end, so it may have been cut off');
      },
    };
  },
};

/** The cells of a line; null: a quote is not closed. */
function cellsOf(line: string): readonly string[] | null {
  const [record] = readCsv(line, ',');
  if (record === undefined) return [];
  return record.isClosed ? record.cells : null;
}
