// Compares two runs, two moments and two inventories, of which one endpoint in twenty has changed, and prints the time,
// the CPU time and the memory that it takes.
// Run: npx tsx test/bench/diff.ts [endpoints]

import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { diffViews } from '../../src/scan/diff/diff-views.js';
import { openInventory } from '../../src/store/inventory.js';
import { type InventoryView, openViews } from '../../src/store/inventory-view.js';
import type { JudgedObservation } from '../../src/store/save-observations.js';
import { makeEndpoint, makeRefused, makeRun, makeTls, RUNS } from '../store/sample-observation.js';

const ENDPOINTS = Number(process.argv[2] ?? 500_000);
const CERTIFICATES = 200_000;
const BATCH = 1000;
const DAY_MS = 86_400_000;
const STARTED_AT = Date.parse(makeRun().startedAt);

const directory = mkdtempSync(path.join(tmpdir(), 'certsweep-bench-'));
try {
  const file = path.join(directory, 'inventory.db');
  const copy = path.join(directory, 'copy.db');
  for (const nth of RUNS.keys()) {
    await writeRun(file, nth);
    if (nth === 0) copyFileSync(file, copy);
  }
  const [first, second] = RUNS;
  await bench('two runs', file, file, { run: first }, { run: second });
  const all = { until: Number.POSITIVE_INFINITY };
  await bench('two moments', file, file, { until: STARTED_AT + DAY_MS - 1 }, all);
  await bench('two inventories', copy, file, all, all);
} finally {
  rmSync(directory, { recursive: true });
}

/** 70 of 100 endpoints speak TLS; of them every twentieth is renewed between the runs, and every hundredth is gone. */
function observe(index: number, nth: number): JudgedObservation {
  const run = RUNS[nth] ?? '';
  const observedAt = new Date(STARTED_AT + nth * DAY_MS + index).toISOString();
  const endpoint = makeEndpoint({ address: ipv4(0x0a00_0000 + index) });
  if (index % 10 >= 7 || (nth === 1 && index % 101 === 0)) return makeRefused(endpoint, { run, observedAt });
  const certificate = index % CERTIFICATES;
  const generation = certificate % 20 === 0 ? nth : 0;
  return makeTls(endpoint, [`leaf ${certificate} ${generation}`, `ca ${certificate % 10}`], {
    run,
    observedAt,
  });
}

async function writeRun(file: string, nth: number): Promise<void> {
  const inventory = openInventory(file, { create: true });
  await inventory.startRun({
    ...makeRun(RUNS[nth]),
    startedAt: new Date(STARTED_AT + nth * DAY_MS).toISOString(),
  });
  // The greatest common divisor with the number of endpoints is 1: every one is visited, in no order.
  const step = 7_368_787;
  for (let i = 0; i < ENDPOINTS; i += BATCH) {
    const length = Math.min(BATCH, ENDPOINTS - i);
    await inventory.saveBatch(Array.from({ length }, (_, j) => observe(((i + j) * step) % ENDPOINTS, nth)));
  }
  await inventory.close();
}

async function bench(
  name: string,
  before: string,
  after: string,
  ...choices: readonly [InventoryView['choice'], InventoryView['choice']]
): Promise<void> {
  const now = new Date(STARTED_AT);
  const sources = [openViews(before, { now }), openViews(after, { now })] as const;
  const views = before === after ? ([sources[0], sources[0]] as const) : sources;
  const started = performance.now();
  const cpu = process.cpuUsage();
  const { changes, totals } = diffViews(views[0].view(choices[0]), views[1].view(choices[1]));
  let count = 0;
  for await (const _ of changes) count += 1;
  const { system, user } = process.cpuUsage(cpu);
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  const peak = Math.round(process.resourceUsage().maxRSS / 1024);
  console.log(
    `${name}: ${count} changes among ${totals.compared} endpoints with rows in ${seconds} s, ${((user + system) / 1e6).toFixed(1)} s of CPU; ${peak} MB at most so far`,
  );
  for (const source of sources) source.close();
}

function ipv4(address: number): string {
  return [address >>> 24, (address >> 16) & 255, (address >> 8) & 255, address & 255].join('.');
}
