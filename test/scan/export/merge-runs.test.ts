import { open } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { mergeRuns } from '../../../src/scan/export/merge-runs.js';
import type { RowRun } from '../../../src/scan/export/row-run.js';
import { useTemporaryDirectory } from '../../store/temporary-directory.js';

const inDirectory = useTemporaryDirectory('suite');
const RUNS = 3;

/** Lays rows out in runs, each row in the run of its place, and puts them back into order. */
async function mergeAgain(rows: readonly string[]): Promise<string[]> {
  const handle = await open(inDirectory('runs'), 'w+');
  try {
    const runs: RowRun[] = [];
    let start = 7;
    for (let index = 0; index < RUNS; index += 1) {
      const places = Uint32Array.from(rows.keys()).filter((place) => (place * place) % RUNS === index);
      const bytes = Buffer.from([...places].map((place) => rows[place]).join(''));
      const sizes = Uint32Array.from(places, (place) => Buffer.byteLength(rows[place] ?? ''));
      await handle.write(bytes, 0, bytes.length, start);
      runs.push({ file: handle.fd, start, places, sizes });
      start += bytes.length;
    }
    return [...mergeRuns(runs)].map((piece) => piece.toString('utf8'));
  } finally {
    await handle.close();
  }
}

describe('runs', () => {
  it.each([
    ['come back in order', Array.from({ length: 1000 }, (_, i) => `row ${i}\n`)],
    ['may lack rows', ['a', '', 'b', '', '', 'c']],
    ['may have no rows at all', []],
    ['have letters of any length', ['ä', '🙂', 'x', '🙂ä']],
    ['are larger than what is read at once', Array.from({ length: 50 }, (_, i) => `${i}`.repeat(30_000))],
    ['have rows larger than a piece', ['a', 'b'.repeat(2_000_000), 'c', 'd'.repeat(600_000), 'e']],
  ])('%s', async (_, rows) => {
    expect((await mergeAgain(rows)).join('') === rows.join('')).toBe(true);
  });

  it('come in pieces of some size', async () => {
    const pieces = await mergeAgain(Array.from({ length: 50 }, () => 'x'.repeat(100_000)));
    expect(pieces.length).toBeGreaterThan(5);
    expect(pieces.length).toBeLessThan(20);
  });

  it('say when their file was cut short', async () => {
    const handle = await open(inDirectory('short'), 'w+');
    const run = { file: handle.fd, start: 0, places: Uint32Array.of(0), sizes: Uint32Array.of(5) };
    await handle.write('1234');
    expect(() => [...mergeRuns([run])]).toThrow('a temporary file was cut short');
    await handle.close();
  });
});
