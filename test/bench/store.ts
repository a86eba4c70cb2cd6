// Saves what scans bring, and prints the CPU time and the bytes of the inventory's file that each observation costs.
// Run: npx tsx test/bench/store.ts

import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Endpoint } from '../../src/model/endpoint.js';
import { openInventory } from '../../src/store/inventory.js';
import type { JudgedObservation } from '../../src/store/save-observations.js';
import {
  makeDer,
  makeEndpoint,
  makeJudgement,
  makeRefused,
  makeRun,
  makeTls,
  NO_CERTIFICATE,
  RUNS,
} from '../store/sample-observation.js';

const SILENT = 100_000;
const SPEAKING = 20_000;
const CHAINS = 500;
const BATCH = 1000;
const STARTED_AT = Date.parse(makeRun().startedAt);

const directory = mkdtempSync(path.join(tmpdir(), 'certsweep-bench-'));
try {
  for (const [name, endpointAt] of [
    ['dense', (i: number) => makeEndpoint({ address: ipv4(0x0a00_0000 + i) })],
    ['one to a /24', (i: number) => makeEndpoint({ address: ipv4(0x0a00_0007 + 256 * i) })],
    [
      'one host',
      (i: number) => makeEndpoint({ port: 1 + (i % 65_535), address: ipv4(0x0a00_0000 + (i >> 16)) }),
    ],
    ['IPv6, dense', (i: number) => makeEndpoint({ address: ipv6(i >> 16, i & 0xffff) })],
    ['IPv6, one to a /64', (i: number) => makeEndpoint({ address: ipv6(i & 0xffff, i >> 16) })],
  ] as const)
    await benchSilent(name, endpointAt);
  await benchSpeaking();
} finally {
  rmSync(directory, { recursive: true });
}

async function benchSilent(name: string, endpointAt: (index: number) => Endpoint): Promise<void> {
  await bench(`${SILENT} refused, ${name}`, SILENT, (index, run, nth) => {
    const judged = makeRefused(endpointAt(index), { run, observedAt: timeAt(nth) });
    return { ...judged, judgement: NO_CERTIFICATE };
  });
}

async function benchSpeaking(): Promise<void> {
  const chains = Array.from({ length: CHAINS }, (_, i) => {
    const names = [`leaf ${i}`, `intermediate ${i % 10}`];
    const ders = names.map((each) => Buffer.concat([makeDer(each), Buffer.alloc(1200, each)]));
    return { ders, judgement: makeJudgement(names) };
  });
  await bench(`${SPEAKING} TLS with ${CHAINS} chains`, SPEAKING, (index, run, nth) => {
    const { ders = [], judgement } = chains[index % CHAINS] ?? {};
    const endpoint = makeEndpoint({ address: ipv4(0x0a00_0000 + index) });
    const { observation } = makeTls(endpoint, [], { run, observedAt: timeAt(nth) });
    const { handshake } = observation;
    return {
      observation: { ...observation, handshake: handshake && { ...handshake, presentedChain: ders } },
      judgement: judgement ?? NO_CERTIFICATE,
    };
  });
}

async function bench(
  name: string,
  count: number,
  make: (index: number, run: string, nth: number) => JudgedObservation,
): Promise<void> {
  const file = path.join(directory, 'inventory.db');
  console.log(name);
  let before = 0;
  for (const [nth, run] of RUNS.entries()) {
    const inventory = openInventory(file, { create: true });
    await inventory.startRun(makeRun(run));
    const order = shuffle(count, nth);
    let cpu = 0;
    for (let i = 0; i < count; i += BATCH) {
      const batch = Array.from({ length: Math.min(BATCH, count - i) }, (_, j) =>
        make(order[i + j] ?? 0, run, i + j),
      );
      const started = process.cpuUsage();
      await inventory.saveBatch(batch);
      const { user, system } = process.cpuUsage(started);
      cpu += user + system;
    }
    await inventory.close();
    const { size } = statSync(file);
    console.log(
      `  run ${nth + 1}: ${(cpu / count).toFixed(1)} µs of CPU, ${((size - before) / count).toFixed(1)} bytes`,
    );
    before = size;
  }
  await benchReading(file, count);
  rmSync(file);
}

async function benchReading(file: string, count: number): Promise<void> {
  const inventory = openInventory(file, { readOnly: true });
  const started = process.cpuUsage();
  let read = 0;
  for await (const _ of inventory.records({ withOutcomes: true })) read += 1;
  const { user, system } = process.cpuUsage(started);
  console.log(`  ${read} records read: ${((user + system) / count).toFixed(1)} µs of CPU each`);
  await inventory.close();
}

/** Places in another order in each run, as plans visit their entries. */
function shuffle(count: number, nth: number): Uint32Array {
  const places = Uint32Array.from({ length: count }, (_, index) => index);
  let state = nth + 1;
  for (let i = count - 1; i > 0; i -= 1) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    const j = state % (i + 1);
    const place = places[i] ?? 0;
    places[i] = places[j] ?? 0;
    places[j] = place;
  }
  return places;
}

function timeAt(index: number): string {
  return new Date(STARTED_AT + index * 10).toISOString();
}

function ipv6(network: number, host: number): string {
  return `2001:db8:1:${(network + 1).toString(16)}::${(host + 1).toString(16)}`;
}

function ipv4(address: number): string {
  return [address >>> 24, (address >> 16) & 255, (address >> 8) & 255, address & 255].join('.');
}
