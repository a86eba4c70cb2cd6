// Judges a million changed certificates, and prints what became of them and how long the slowest took.
// Run: npx tsx test/bench/mutants.ts [count] [seed]

import { judgeMutants } from '../fixtures/corpus/judge-mutants.js';

const [count = 1_000_000, seed = Date.now() & 0x7fffffff] = process.argv.slice(2).map(Number);
const startedAt = performance.now();
console.log(`${count} mutants, seed ${seed}`);
const { statuses, findings, slowestMs, slowest } = await judgeMutants(count, seed);
const seconds = (performance.now() - startedAt) / 1000;
console.log(`${seconds.toFixed(0)} s, ${Math.round(count / seconds)}/s with making and signing them`);
print('paths', statuses);
print('findings', findings);
console.log(`\nslowest: ${slowestMs.toFixed(1)} ms`);
for (const der of slowest) console.log(Buffer.from(der).toString('base64'));

function print(title: string, counts: ReadonlyMap<string, number>): void {
  console.log(`\n${title}`);
  for (const [key, times] of [...counts].sort(([, a], [, b]) => b - a)) console.log(`${times}\t${key}`);
}
