// Judges a million changed certificates, and prints what became of them and how long the slowest took;
// whatever is thrown ends the run, with the chain that it was thrown for.
// Run: npx tsx test/bench/mutants.ts [count] [seed]

import { judgeMutants } from '../fixtures/corpus/judge-mutants.js';

/** A chain can be half a megabyte long, which is no use on a screen: the seed makes it again. */
const MAX_PRINTED_OCTETS = 8192;

const [count = 1_000_000, seed = Date.now() & 0x7fffffff] = process.argv.slice(2).map(Number);
const startedAt = performance.now();
console.log(`${count} mutants, seed ${seed}`);
const { statuses, findings, slowestMs, largestBytes, slowest } = await judgeMutants(count, seed);
const seconds = (performance.now() - startedAt) / 1000;
print('paths', statuses);
print('findings', findings);
// A chain that is printed can be judged alone.
const text = slowest.map((der) => Buffer.from(der).toString('base64'));
const octets = slowest.reduce((sum, der) => sum + der.length, 0);
console.log(`\nslowest: ${octets} bytes in ${slowest.length} certificates`);
if (octets <= MAX_PRINTED_OCTETS) for (const line of text) console.log(line);
console.log(
  `\n${count} mutants in ${seconds.toFixed(0)} s with making and signing them, failures 0, slowest ${slowestMs.toFixed(1)} ms, largest allocation ${(largestBytes / 2 ** 20).toFixed(1)} MB`,
);

function print(title: string, counts: ReadonlyMap<string, number>): void {
  console.log(`\n${title}`);
  for (const [key, times] of [...counts].sort(([, a], [, b]) => b - a)) console.log(`${times}\t${key}`);
}
