// Prints how long pages and counts of a large inventory take, and how many bytes an endpoint costs in a run.
// Run: npx tsx test/bench/inventory.ts [file of make-inventory.ts], or it makes a smaller one by itself.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Database from 'better-sqlite3';
import { parseQuery } from '../../src/query/parse-query.js';
import { type Inventory, openInventory } from '../../src/store/inventory.js';
import type { RecordQuery, RecordSortKey } from '../../src/store/record-query.js';
import { makeInventory } from './make-inventory.js';

const NOW = new Date('2026-11-22T00:00:00.000Z');
const PAGE = 50;
const SORT_KEYS: readonly (RecordSortKey | null)[] = [null, 'expires', 'commonName', 'status', 'issuer'];
const FILTERS = [
  null,
  'expires < 30d',
  'issuer ~ digicert',
  'issuer ~ "rare appliance"',
  'status = expired',
  'status = good',
  'warnings = expiring',
  'warnings = "sha1-signature"',
  'state = unreachable',
  'expires < 30d and issuer ~ corp and not has warnings',
];
const SMALL = { endpoints: 50_000, certificates: 20_000, seed: 1 };

const directory = mkdtempSync(path.join(tmpdir(), 'certsweep-bench-'));
try {
  const [given] = process.argv.slice(2);
  await benchBytes();
  const file = given ?? path.join(directory, 'inventory.db');
  if (given === undefined) await makeInventory(file, { ...SMALL, runs: 10 });
  const inventory = openInventory(file, { readOnly: true });
  await benchPages(inventory);
  await benchCertificates(inventory);
  benchCounts(file);
  await inventory.close();
} finally {
  rmSync(directory, { recursive: true });
}

async function benchPages(inventory: Inventory): Promise<void> {
  console.log(
    `first ${PAGE} rows, seconds; sorted by ${SORT_KEYS.map((key) => key ?? 'address').join(', ')}`,
  );
  for (const filter of FILTERS) {
    const matching = filter === null ? null : { query: parseQuery(filter), now: NOW };
    const seconds: string[] = [];
    for (const by of SORT_KEYS) {
      const query = { limit: PAGE, ...(matching && { matching }), ...(by && { sort: [{ by }] }) };
      seconds.push((await time(() => drain(inventory, query))).toFixed(2));
    }
    console.log(`  ${seconds.join('  ')}  ${filter ?? 'everything'}`);
  }
}

async function drain(inventory: Inventory, query: RecordQuery): Promise<void> {
  for await (const _ of inventory.records(query));
}

async function benchCertificates(inventory: Inventory): Promise<void> {
  const seconds = await time(async () => {
    for await (const _ of inventory.certificates({ limit: PAGE }));
  });
  console.log(`first ${PAGE} certificates: ${seconds.toFixed(2)} s`);
}

/** What an overview shows, straight from the current view. */
function benchCounts(file: string): void {
  const database = new Database(file, { readonly: true });
  const soon = NOW.getTime() + 30 * 86_400_000;
  for (const [name, text] of [
    ['by status', 'select status_rank, count(*) from current_endpoint group by 1'],
    ['by state', 'select state, count(*) from current_endpoint group by 1'],
    ['by grade', 'select grade, count(*) from current_endpoint group by 1'],
    ['by issuer', 'select issuer_id, count(*) from current_endpoint group by 1 order by 2 desc limit 10'],
    [
      'expiring',
      `select count(*) from current_endpoint where not_after between ${NOW.getTime()} and ${soon}`,
    ],
  ] as const) {
    const started = performance.now();
    database.prepare(text).all();
    console.log(`counts ${name}: ${((performance.now() - started) / 1000).toFixed(2)} s`);
  }
  database.close();
}

/** Of a first run, and of one that finds all as it was. */
async function benchBytes(): Promise<void> {
  const file = path.join(directory, 'bytes.db');
  let before = 0;
  await makeInventory(file, { ...SMALL, runs: 3, renewed: 0 }, (run, bytes, tls) => {
    const database = new Database(file, { readonly: true });
    const der =
      run > 0 ? 0 : Number(database.prepare('select sum(length(der)) from certificate').pluck().get());
    database.close();
    console.log(
      `run ${run + 1}: ${((bytes - before - der) / tls).toFixed(0)} bytes to a TLS endpoint beyond DER`,
    );
    before = bytes;
  });
  rmSync(file);
}

async function time(work: () => Promise<void>): Promise<number> {
  const started = performance.now();
  await work();
  return (performance.now() - started) / 1000;
}
