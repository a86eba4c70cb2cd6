import { existsSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { UsageError } from '../../../src/model/usage-error.js';
import { findFormat } from '../../../src/report/find-format.js';
import type { RowFormat } from '../../../src/report/row-format.js';
import { selectColumns } from '../../../src/report/select-columns.js';
import { exportRows } from '../../../src/scan/export/export-rows.js';
import { openInventory } from '../../../src/store/inventory.js';
import { InventoryError } from '../../../src/store/inventory-error.js';
import { makeEndpoint, makeRun, makeTls } from '../../store/sample-observation.js';
import { useTemporaryDirectory } from '../../store/temporary-directory.js';
import { makeRichInventory } from './rich-inventory.js';

const inDirectory = useTemporaryDirectory('suite');
const NOW = new Date('2026-11-24T00:00:00.000Z');
/** Threads run what was built: `npm test` builds before. */
const BUILT = path.join(import.meta.dirname, '../../../dist/scan/export/export-worker.js');
const worker = pathToFileURL(BUILT);

const THREADS = { leastEndpoints: 0, worker };
const ALONE = { leastEndpoints: Number.POSITIVE_INFINITY, worker };

beforeAll(async () => {
  expect(existsSync(BUILT), 'npm run build makes what threads run').toBe(true);
  await makeRichInventory(inDirectory('rich.db'), { withWaivers: true });
  const inventory = openInventory(inDirectory('many.db'), { create: true });
  await inventory.startRun(makeRun());
  const addresses = Array.from({ length: 6000 }, (_, i) => `10.0.${i >> 8}.${i & 255}`);
  // The order of the file is not that of addresses.
  addresses.sort((a, b) => (a.slice(-2) < b.slice(-2) ? -1 : 1));
  await inventory.saveBatch(
    addresses.map((address, i) => makeTls(makeEndpoint({ address }), [`leaf ${i % 50}`])),
  );
  await inventory.close();
});

function start(file: string, { columns, format }: { format: string; columns?: readonly string[] }) {
  return { path: inDirectory(file), query: { now: NOW }, format, columns: columns ?? null, now: NOW };
}

function rowsOf(name: string, columns?: readonly string[]): RowFormat {
  const chosen = columns && selectColumns(columns.join());
  const rows = findFormat(name).rows?.({ now: NOW, ...(chosen && { columns: chosen }) });
  if (!rows) throw new Error(`${name} has rows`);
  return rows;
}

async function collect(pieces: AsyncIterable<Uint8Array>): Promise<string> {
  const all: Uint8Array[] = [];
  for await (const piece of pieces) all.push(piece);
  return Buffer.concat(all).toString('utf8');
}

describe('rows', () => {
  it.each([
    { format: 'csv' },
    { format: 'csv', columns: ['commonName', 'owner', 'warnings'] },
    { format: 'ndjson' },
    { format: 'json' },
  ])('are the same from threads and without, as $format $columns', async ({ columns, format }) => {
    const rows = rowsOf(format, columns);
    for (const file of ['rich.db', 'many.db']) {
      const asked = { start: start(file, { format, ...(columns && { columns }) }), rows };
      const alone = await collect(exportRows({ ...asked, ...ALONE }));
      const threads = await collect(exportRows({ ...asked, ...THREADS }));
      expect(threads === alone, file).toBe(true);
      expect(alone.length).toBeGreaterThan(1000);
    }
  });

  it('come in the order of addresses', async () => {
    const columns = ['address'];
    const text = await collect(
      exportRows({
        start: start('many.db', { format: 'csv', columns }),
        rows: rowsOf('csv', columns),
        ...THREADS,
      }),
    );
    const meant = Array.from({ length: 6000 }, (_, i) => `10.0.${i >> 8}.${i & 255}\r\n`);
    expect(text).toBe(meant.join(''));
  });

  it('are those of one moment while somebody saves', async () => {
    const path = inDirectory('busy.db');
    await makeRichInventory(path, { withWaivers: false });
    const asked = { start: start('busy.db', { format: 'ndjson' }), rows: rowsOf('ndjson') };
    const before = await collect(exportRows({ ...asked, ...ALONE }));
    const inventory = openInventory(path);
    const pieces = exportRows({ ...asked, ...THREADS });
    const first = await pieces.next();
    await inventory.saveBatch([makeTls(makeEndpoint({ address: '203.0.113.1' }))]);
    const rest = await collect(pieces);
    await inventory.close();
    expect(`${Buffer.from(first.value ?? []).toString('utf8')}${rest}`).toBe(before);
  });

  it('are there even without a folder for temporary files', async () => {
    const asked = { start: start('rich.db', { format: 'csv' }), rows: rowsOf('csv') };
    const usual = await collect(exportRows({ ...asked, ...THREADS }));
    vi.stubEnv('TMPDIR', inDirectory('none'));
    expect(await collect(exportRows({ ...asked, ...THREADS }))).toBe(usual);
    vi.unstubAllEnvs();
  });

  it('end when nobody wants the rest', async () => {
    const pieces = exportRows({
      start: start('many.db', { format: 'csv' }),
      rows: rowsOf('csv'),
      ...THREADS,
    });
    await pieces.next();
    await pieces.return(undefined);
    expect(await pieces.next()).toEqual({ done: true, value: undefined });
  });

  it('end with one error where a thread fails or dies', async () => {
    const failing = exportRows({
      start: start('rich.db', { format: 'pem' }),
      rows: rowsOf('csv'),
      ...THREADS,
    });
    await expect(collect(failing)).rejects.toThrow(InventoryError);
    const gone = new URL('gone.js', worker);
    const dead = exportRows({
      start: start('rich.db', { format: 'csv' }),
      rows: rowsOf('csv'),
      ...THREADS,
      worker: gone,
    });
    await expect(collect(dead)).rejects.toThrow(/^a thread that read the inventory has died: /);
  });

  it('end with the error of an inventory that is none', async () => {
    const asked = { start: start('none.db', { format: 'csv' }), rows: rowsOf('csv') };
    await expect(collect(exportRows({ ...asked, ...THREADS }))).rejects.toThrow(UsageError);
  });
});
