import { closeSync, existsSync, openSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mergeRuns } from '../../../src/scan/export/merge-runs.js';
import { RowWindow } from '../../../src/scan/export/row-window.js';
import { writeShare } from '../../../src/scan/export/write-share.js';
import { openInventory } from '../../../src/store/inventory.js';
import { RecordReader } from '../../../src/store/record-reader.js';
import { makeEndpoint, makeRun, makeTls } from '../../store/sample-observation.js';
import { useTemporaryDirectory } from '../../store/temporary-directory.js';

const inDirectory = useTemporaryDirectory('suite');
const PORTS = Array.from({ length: 50 }, (_, i) => i + 1);
const ROWS = { head: '', tail: '', empty: '', separator: ';' };
let reader: RecordReader;
let ids: Float64Array;

beforeAll(async () => {
  const inventory = openInventory(inDirectory('inventory.db'), { create: true });
  await inventory.startRun(makeRun());
  await inventory.saveBatch(PORTS.map((port) => makeTls(makeEndpoint({ port }), [`leaf ${port % 7}`])));
  await inventory.close();
  reader = new RecordReader(inDirectory('inventory.db'), {});
  reader.begin();
  ids = Float64Array.from([...reader.ids()].flat());
});

afterAll(() => reader.close());

describe('shares of rows', () => {
  it.each([
    ['in the order of their certificates', true],
    ['in the order in which they were saved', false],
  ])('are all rows, written %s', (_, hasHomes) => {
    const seen: number[] = [];
    const runs = [0, 1, 2].flatMap((index) => {
      const file = openSync(inDirectory(`share-${index}`), 'w+');
      const window = new RowWindow(reader, {
        ...ROWS,
        format({ endpoint: { port } }) {
          seen.push(hasHomes ? port % 7 : port);
          return `${port}`;
        },
      });
      const share = { file, ids, index, of: 3 };
      return [...writeShare(window, hasHomes ? reader.homes() : null, share)].flatMap((run) => run ?? []);
    });
    expect(Buffer.concat([...mergeRuns(runs)]).toString()).toBe(PORTS.map((port) => `;${port}`).join(''));
    const changes = seen.filter((each, at) => each !== seen[at - 1]).length;
    expect(changes).toBe(hasHomes ? 7 : PORTS.length);
    for (const { file } of runs) closeSync(file);
  });

  it('pass over endpoints that are gone', () => {
    const file = openSync(inDirectory('gone'), 'w+');
    const window = new RowWindow(reader, { ...ROWS, format: ({ endpoint }) => `${endpoint.port}` });
    const share = { file, ids: Float64Array.of(987_654, ...ids.slice(0, 2)), index: 0, of: 1 };
    const [run] = writeShare(window, reader.homes(), share);
    expect(run?.sizes).toEqual(Uint32Array.of(0, 2, 2));
    closeSync(file);
  });

  it.skipIf(!existsSync('/dev/full'))('end where the disk is full', () => {
    const file = openSync('/dev/full', 'w');
    const window = new RowWindow(reader, { ...ROWS, format: () => 'x' });
    expect([...writeShare(window, null, { file, ids, index: 0, of: 1 })]).toEqual([null]);
    closeSync(file);
  });

  it('fail where the file cannot be written', () => {
    writeFileSync(inDirectory('read-only'), '');
    const file = openSync(inDirectory('read-only'), 'r');
    const window = new RowWindow(reader, { ...ROWS, format: () => 'x' });
    expect(() => [...writeShare(window, null, { file, ids, index: 0, of: 1 })]).toThrow(/^EBADF|^EPERM/);
    closeSync(file);
  });
});
