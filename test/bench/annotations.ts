// Prints the CPU time that it takes to find what is said of each of many endpoints: by 1,000 rules alone, and when an inventory is
// listed and queried. Run: npx tsx test/bench/annotations.ts

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { NO_ANNOTATION } from '../../src/model/annotation.js';
import type { AnnotationSubject } from '../../src/model/annotation-subject.js';
import { parseQuery } from '../../src/query/parse-query.js';
import { parseAnnotationRule } from '../../src/store/annotation-rule.js';
import { makeAnnotationRules } from '../../src/store/annotation-rules.js';
import { openInventory } from '../../src/store/inventory.js';
import { makeEndpoint, makeRun, makeTls } from '../store/sample-observation.js';

const RECORDS = 500_000;
const STORED = 50_000;
const CHAINS = 5_000;
const BATCH = 1_000;
const NOW = new Date('2026-11-22T12:00:00.000Z');

const RULES = Array.from({ length: 1_000 }, (_, i) => {
  if (i % 10 === 8) return `issuer:~no such ca ${i}`;
  if (i % 10 === 9) return `name:web-${i}-*.example`;
  return i % 2 === 0 ? `cidr:10.${i % 256}.${i >> 4}.0/24` : `name:*.site-${i}.example`;
});

function address(i: number): readonly [number, number, number, number] {
  return [10, (i >> 16) & 255, (i >> 8) & 255, i & 255];
}

function benchRules(): void {
  const rules = makeAnnotationRules(
    RULES.map((text) => ({ rule: parseAnnotationRule(text), order: 1000, annotation: NO_ANNOTATION })),
  );
  const start = process.cpuUsage();
  let found = 0;
  for (let i = 0; i < RECORDS; i += 1) {
    const rank = Math.min(
      rules.rankAddress(Uint8Array.from(address(i))),
      rules.rankName(`www.host-${i}.site-${i % 4_000}.example`),
    );
    if (rank !== Number.POSITIVE_INFINITY) found += 1;
  }
  print(`${RECORDS} endpoints by ${RULES.length} rules, ${found} found`, start);
}

async function benchInventory(): Promise<void> {
  const directory = mkdtempSync(path.join(tmpdir(), 'certsweep-bench-'));
  try {
    const inventory = openInventory(path.join(directory, 'inventory.db'), { create: true });
    await inventory.startRun(makeRun());
    for (let first = 0; first < STORED; first += BATCH)
      await inventory.saveBatch(
        Array.from({ length: BATCH }, (_, i) =>
          makeTls(makeEndpoint({ address: address(first + i).join('.') }), [`leaf ${(first + i) % CHAINS}`]),
        ),
      );
    const measure = async (name: string) => {
      for (const query of ['port = 443', 'tag:lab', 'not tag:lab and not unused']) {
        const start = process.cpuUsage();
        let count = 0;
        const matching = { query: parseQuery(query), now: NOW };
        for await (const _record of inventory.records({ matching, now: NOW })) count += 1;
        print(`${name}: ${count} of ${STORED} by ${query}`, start);
      }
    };
    await measure('nothing said');
    const rules = RULES.map((rule): AnnotationSubject => ({ kind: 'rule', rule }));
    await inventory.annotate(rules, { addTags: ['lab'], owner: 'Jane' }, NOW.toISOString());
    await measure(`${RULES.length} rules`);
    const endpoints = Array.from(
      { length: STORED },
      (_, i): AnnotationSubject => ({
        kind: 'endpoint',
        endpoint: makeEndpoint({ address: address(i).join('.') }),
      }),
    );
    const start = process.cpuUsage();
    await inventory.annotate(endpoints, { addTags: ['own'] }, NOW.toISOString());
    print(`${STORED} endpoints tagged`, start);
    await measure('and every endpoint');
    const waiver = { finding: 'expiring', owner: 'o', reason: 'r', until: '2027-01-01T00:00:00.000Z' };
    await inventory.annotate(rules, { waivers: [waiver] }, NOW.toISOString());
    await measure('and waivers');
    await inventory.close();
  } finally {
    rmSync(directory, { recursive: true });
  }
}

function print(what: string, start: NodeJS.CpuUsage): void {
  const { system, user } = process.cpuUsage(start);
  process.stdout.write(`${Math.round((user + system) / 1000)} ms  ${what}\n`);
}

benchRules();
await benchInventory();
