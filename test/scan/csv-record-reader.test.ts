import { expect, it } from 'vitest';
import { createCsvRecordReader } from '../../src/scan/csv-record-reader.js';

function read(text: string, pieceLength: number): [number, readonly string[]][] {
  const records: [number, readonly string[]][] = [];
  const reader = createCsvRecordReader({
    record: (cells, line) => records.push([line, cells]),
    fail(problem, line) {
      throw new Error(`line ${line} ${problem}`);
    },
  });
  for (let at = 0; at < text.length; at += pieceLength) reader.write(text.slice(at, at + pieceLength));
  reader.end();
  return records;
}

it.each([1, 2, 3, 1000])('cuts a text that comes in pieces of %i into records', (pieceLength) => {
  expect(read('a,b\r\n"1,""2""\r\n3",4\r\n\r\n5,6', pieceLength)).toEqual([
    [1, ['a', 'b']],
    [2, ['1,"2"\n3', '4']],
    [5, ['5', '6']],
  ]);
});

it.each([
  ['semicolons', 'a;b\n1,5;2\n'],
  ['tabs', 'a\tb\n1,5\t2\n'],
])('keeps to the %s of the first record', (_, text) => {
  expect(read(text, 1000)[1]).toEqual([2, ['1,5', '2']]);
});

it('refuses a quote that is never closed', () => {
  expect(() => read('a,b\n1,"2\n3', 1000)).toThrow('line 2 ends within a quoted cell');
  expect(() => read(`a,b\n"${'x\n'.repeat(9_000_000)}`, 100_000)).toThrow(
    'line 2 has a quote that is never closed',
  );
});
