// Prints how long pages and counts of a large inventory take, also where people accept findings, and how many bytes an endpoint costs in a run.
// Run: npx tsx test/bench/inventory.ts [file of make-inventory.ts], or it makes a smaller one by itself. Nothing is written to
// the file: what is said is said of a copy.

import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import type { AnnotationEdit } from '../../src/model/annotation-edit.js';
import type { AnnotationSubject } from '../../src/model/annotation-subject.js';
import { parseQuery } from '../../src/query/parse-query.js';
import { type Inventory, openInventory } from '../../src/store/inventory.js';
import { RECORD_SORT_KEYS, type RecordQuery, type RecordSortKey } from '../../src/store/record-query.js';
import { makeInventory } from './make-inventory.js';
import { measureProcess } from './measure-process.js';

const NOW = new Date('2026-11-22T00:00:00.000Z');
const PAGE = 50;
const FILTERS = [
  null,
  'expires < 30d',
  'issuer ~ digicert',
  'issuer ~ "rare appliance"',
  'status = expired',
  'status = good',
  'severity >= high',
  'severity = info',
  'warnings = expiring',
  'warnings = "sha1-signature"',
  'messages ~ host-77',
  'state = unreachable',
  'since < 2026-07-01',
  'firstSeen > 7d ago',
  'lastScan < 2026-06-02',
  'expires < 30d and issuer ~ corp and not has warnings',
  'tlsVersion < 1.3',
  'cipherSuite ~ aes',
  'outcome = tls',
  'port = 443',
  'host ~ "10.3."',
  'address = 10.3.0.0/16',
  'address = 10.3.2.1',
  'tag:lab',
  'not has owner',
  'fingerprint ~ abcdef',
  'spki ~ abcdef',
  'serial ~ ab12',
  'presentedChain ~ abcdef',
  'keyType = EC',
  'keyLength < 2048',
  'hash = SHA-256',
  'validation = DV',
  'wildcard',
  'daysLeft < 10',
  'san ~ "www.host-77."',
  'san = www.host-777.prod.corp.example',
  'cn = "host-7*"',
  'subject ~ corp',
  'grade < B',
  'path = private',
  'trustStore = mozilla',
];
/** What people change by what they accept. */
const SAID_FILTERS = [
  null,
  ...FILTERS.filter((each) => /^(status|severity|warnings)/.test(each ?? '')),
  'has waived',
];
const SAID_KEYS: readonly RecordSortKey[] = ['status', 'expires'];
/** What pages of all endpoints should take, in seconds. */
const MEANT = 0.3;
const SLOWEST = 10;
/** The command, and what it is to show. */
const PROGRAM = [process.execPath, fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url)), 'list'];
const COMMANDS = [
  ['--limit', '50'],
  ['--overview'],
  ['--limit', '50', '--where', 'warnings = expired', '--sort', 'issuer'],
];
const SMALL = { endpoints: 50_000, certificates: 20_000, seed: 1 };

const directory = mkdtempSync(path.join(tmpdir(), 'certsweep-bench-'));
try {
  const [given] = process.argv.slice(2);
  await benchBytes();
  const file = given ?? path.join(directory, 'inventory.db');
  if (given === undefined) await makeInventory(file, { ...SMALL, runs: 10 });
  const inventory = openInventory(file, { readOnly: true });
  await benchCommands(file);
  await benchPages(inventory);
  await benchCertificates(inventory);
  benchCounts(file);
  await inventory.close();
  await benchSaid(file);
} finally {
  rmSync(directory, { recursive: true });
}

/** Each filter by itself and with two sort keys, and each sort key without a filter. */
async function benchPages(
  inventory: Inventory,
  filters: readonly (string | null)[] = FILTERS,
  all: readonly RecordSortKey[] = RECORD_SORT_KEYS,
): Promise<void> {
  const pages = filters.flatMap((filter, place) => {
    const keys = [0, 1].map((nth) => all[(2 * place + nth) % all.length]);
    return [undefined, ...(filter === null ? all : keys)].map((by) => ({ filter, by }));
  });
  const times: { readonly name: string; readonly seconds: number }[] = [];
  for (const { by, filter } of pages) {
    const matching = filter === null ? null : { query: parseQuery(filter), now: NOW };
    const query = { limit: PAGE, ...(matching && { matching }), ...(by && { sort: [{ by }] }) };
    const seconds = await time(() => drain(inventory, query));
    times.push({ name: `${filter ?? 'everything'}, by ${by ?? 'address'}`, seconds });
  }
  times.sort((a, b) => b.seconds - a.seconds);
  const over = times.filter(({ seconds }) => seconds > MEANT).length;
  const median = times[times.length >> 1]?.seconds ?? 0;
  console.log(
    `${times.length} pages of ${PAGE} rows: ${over} took more than ${MEANT} s, half of them ${median.toFixed(2)} s or less; the slowest:`,
  );
  for (const { name, seconds } of times.slice(0, SLOWEST)) console.log(`  ${seconds.toFixed(2)} s  ${name}`);
}

/** The whole command, with its start. */
async function benchCommands(file: string): Promise<void> {
  for (const args of COMMANDS) {
    const { cpuMs, seconds } = await measureProcess([...PROGRAM, '--db', file, ...args]);
    console.log(`list ${args.join(' ')}: ${seconds.toFixed(2)} s, ${(cpuMs / 1000).toFixed(2)} s of CPU`);
  }
}

/** Pages of what waivers and disuse change: for one endpoint, for a network, and for what nobody uses. */
async function benchSaid(file: string): Promise<void> {
  const copy = path.join(directory, 'said.db');
  copyFileSync(file, copy);
  const inventory = openInventory(copy);
  const network: AnnotationSubject = { kind: 'rule', rule: 'cidr:10.0.0.0/9' };
  const waiver: AnnotationEdit = {
    waivers: [{ finding: 'self-signed', owner: 'bench', reason: 'bench', until: '2030-01-01T00:00:00.000Z' }],
  };
  for await (const { endpoint } of inventory.records({ limit: 1, where: { statuses: ['Warning'] } })) {
    await benchAfter('a waiver of one endpoint', { kind: 'endpoint', endpoint }, waiver);
    await benchAfter('one by a network, too', network, waiver);
    await benchAfter('and the network unused', network, { unused: true });
  }
  await inventory.close();

  async function benchAfter(name: string, subject: AnnotationSubject, edit: AnnotationEdit): Promise<void> {
    await inventory.annotate([subject], edit, NOW.toISOString());
    console.log(`after ${name}:`);
    await benchPages(inventory, SAID_FILTERS, SAID_KEYS);
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
