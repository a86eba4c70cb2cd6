import { describe, expect, test } from 'vitest';
import { readFile, refusalOf } from './import-fixture.js';
import { SAMPLES } from './samples.js';

const [ADDRESSES = '', PORTS = ''] = SAMPLES.zmapCsv ?? [];

describe('the CSV of zmap', () => {
  test('gives addresses for the ports of the scan', async () => {
    expect(await readFile(ADDRESSES)).toEqual({
      targets: ['192.0.2.8', '192.0.2.9'],
      note: 'scan.out: zmap CSV, 2 targets',
    });
  });

  test('gives ports where it has them, and leaves out what is closed', async () => {
    expect(await readFile(PORTS)).toEqual({
      targets: ['192.0.2.8:443', '192.0.2.10:25'],
      note: 'scan.out: zmap CSV, 2 targets; left out: 1 closed or filtered',
    });
    expect((await readFile('success,saddr\n1,192.0.2.1\n0,192.0.2.2\n')).targets).toEqual(['192.0.2.1']);
  });

  test('may be several files put together, and may end without a line end, which is told', async () => {
    expect(await readFile(`${ADDRESSES}saddr\n"192.0.2.10"`)).toEqual({
      targets: ['192.0.2.8', '192.0.2.9', '192.0.2.10'],
      note: 'scan.out: zmap CSV, 3 targets; its last line has no end, so it may have been cut off',
    });
  });

  test('without a heading is plain target text', async () => {
    expect(await readFile('192.0.2.8\n192.0.2.9\n')).toEqual({
      targets: ['192.0.2.8', '192.0.2.9'],
      note: null,
    });
  });

  test.each<[string, string, string]>([
    ['an address that is none', 'saddr\n192.0.2.x\n', 'scan.out line 2: "192.0.2.x" is no address'],
    ['a port that is none', 'saddr,sport\n192.0.2.1,https\n', 'scan.out line 2: "https" is no port'],
    [
      'a line that is too short',
      'saddr,sport\n192.0.2.1\n',
      'line 2: the zmap CSV has a line with 1 of 2 cells',
    ],
    [
      'a quote that is not closed',
      'saddr\n"192.0.2.1\n',
      'line 2: the zmap CSV has an opening quote and no closing one',
    ],
  ])('is refused for %s', async (_, text, message) => {
    expect(await refusalOf(text)).toContain(message);
  });
});
