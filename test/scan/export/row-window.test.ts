import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RowFormat } from '../../../src/report/row-format.js';
import { RowWindow } from '../../../src/scan/export/row-window.js';
import { openInventory } from '../../../src/store/inventory.js';
import { RecordReader } from '../../../src/store/record-reader.js';
import { makeEndpoint, makeRun, makeTls } from '../../store/sample-observation.js';
import { useTemporaryDirectory } from '../../store/temporary-directory.js';

const inDirectory = useTemporaryDirectory('suite');
const PORTS = Array.from({ length: 40 }, (_, i) => i + 1);
let reader: RecordReader;
let ids: number[];

beforeAll(async () => {
  const inventory = openInventory(inDirectory('inventory.db'), { create: true });
  await inventory.startRun(makeRun());
  await inventory.saveBatch([...PORTS].reverse().map((port) => makeTls(makeEndpoint({ port }))));
  await inventory.close();
  reader = new RecordReader(inDirectory('inventory.db'), {});
  reader.begin();
  ids = [...reader.ids()].flat();
});

afterAll(() => reader.close());

function rows(format: (port: number) => string, separator = ''): RowFormat {
  return { head: '', tail: '', empty: '', separator, format: ({ endpoint }) => format(endpoint.port) };
}

function write(format: RowFormat, asked: readonly number[] = ids): string {
  return Buffer.concat([...new RowWindow(reader, format).write(asked)]).toString('utf8');
}

describe('a window of rows', () => {
  it('has them in the order asked for, each behind a separator', () => {
    const text = write(rows((port) => `${port}`, ', '));
    expect(text).toBe(PORTS.map((port) => `, ${port}`).join(''));
  });

  it('has letters of any length', () => {
    expect(write(rows((port) => `ä${port}🙂\n`))).toBe(PORTS.map((port) => `ä${port}🙂\n`).join(''));
  });

  it('is empty where nothing is asked for', () => {
    expect(write(rows(String), [])).toBe('');
  });

  it('passes over endpoints that are not there', () => {
    expect(write(rows(String, ';'), [987_654, ...ids.slice(0, 2), 987_655])).toBe(';1;2');
  });

  it.each([
    ['grows with its rows', 300_000],
    ['writes row by row what is more than it holds', 1_000_000],
    ['writes row by row what is more than it holds at once', 8_000_000],
  ])('%s', (_, length) => {
    const some = ids.slice(0, 18);
    const pieces = [
      ...new RowWindow(
        reader,
        rows((port) => `${port}${'x'.repeat(length)}\n`, ';'),
      ).write(some),
    ];
    const text = Buffer.concat(pieces).toString('utf8');
    expect(
      text ===
        PORTS.slice(0, 18)
          .map((port) => `;${port}${'x'.repeat(length)}\n`)
          .join(''),
    ).toBe(true);
    expect(pieces.length).toBeGreaterThan(5);
  });
});
