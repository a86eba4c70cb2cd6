// Prints how fast the program writes a large inventory in each of some formats, and in how much memory.
// Run: npm run bench -- export [file of make-inventory.ts], or it makes a smaller one by itself.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import { makeInventory } from './make-inventory.js';
import { measureProcess } from './measure-process.js';

const FORMATS = ['csv', 'ndjson', 'html', 'xlsx', 'cbom'];
const SMALL = { endpoints: 50_000, certificates: 20_000, runs: 3, seed: 1 };
/** What must not hold more than another by much: memory does not grow with rows. */
const FEW = 20_000;
const MAIN = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));

const directory = mkdtempSync(path.join(tmpdir(), 'certsweep-bench-'));
try {
  const [given] = process.argv.slice(2);
  const file = given ?? path.join(directory, 'inventory.db');
  if (given === undefined) await makeInventory(file, SMALL);
  const rows = countRows(file);
  for (const format of FORMATS)
    for (const limit of rows > 2 * FEW ? [FEW, rows] : [rows]) await benchExport(file, format, limit);
} finally {
  rmSync(directory, { recursive: true });
}

async function benchExport(file: string, format: string, rows: number): Promise<void> {
  const out = path.join(directory, `export.${format}`);
  const { cpuMs, peakRssMb, seconds, status } = await measureProcess([
    process.execPath,
    MAIN,
    'export',
    ...['--db', file, '--format', format, '--out', out, '--limit', String(rows)],
  ]);
  if (status !== 0) throw new Error(`the export ended with ${status}`);
  rmSync(out);
  console.log(
    `${format.padEnd(7)} ${String(rows).padStart(7)} rows: ${seconds.toFixed(1)} s, ${Math.round(rows / seconds)} rows/s, ${Math.round((1000 * rows) / cpuMs)} rows to a second of CPU, peak RSS ${peakRssMb.toFixed(0)} MB`,
  );
}

function countRows(file: string): number {
  const database = new Database(file, { readonly: true });
  const rows = database
    .prepare('select count(*) from current_endpoint where chain_id is not null')
    .pluck()
    .get();
  database.close();
  return Number(rows);
}
