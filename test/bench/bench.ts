/**
 * Prints all numbers that speed and memory are judged by, or those named.
 *
 *     npm run bench [-- name [argument...]]
 */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** Whole scans first, by which the program is judged; then the parts of it. */
const BENCHES: Readonly<Record<string, string>> = {
  scan: 'a whole scan of TLS endpoints',
  refused: 'endpoints that refuse',
  silent: 'endpoints that are silent',
  memory: 'whether memory stays flat, for two minutes',
  loop: 'how long event loops are kept busy',
  peers: 'other programs',
  hello: 'part: probing, beside a TCP connect and full handshakes',
  x509: 'part: reading and judging certificates',
  judge: 'part: judging chains that were seen before',
  'weak-keys': 'part: testing keys',
  'batch-gcd': 'part: the search for shared primes',
  store: 'part: the inventory',
  merge: 'part: merging two inventories of half a million endpoints each',
  posture: 'part: versions, suites and groups, beside sslscan',
};
/** Some take a quarter of an hour, some make what they measure first. */
const ALONE: Readonly<Record<string, string>> = {
  annotations: 'part: finding what is said of endpoints',
  diff: 'part: comparing runs, moments and inventories',
  export: 'exports of large inventories, and their memory',
  inventory: 'part: pages and counts of large inventories',
  mutants: 'changed certificates, and what became of them',
};

const [name, ...args] = process.argv.slice(2);
const known = { ...BENCHES, ...ALONE };
if (name === undefined) for (const each of Object.keys(BENCHES)) run(each, []);
else if (name in known) run(name, args);
else {
  const lines = Object.entries(known).map(([each, what]) => `  ${each.padEnd(10)} ${what}\n`);
  process.stdout.write(`npm run bench -- <name>, one of:\n${lines.join('')}`);
  process.exitCode = 2;
}

function run(bench: string, options: readonly string[]): void {
  process.stdout.write(`\n== ${bench}: ${known[bench]}\n`);
  const file = fileURLToPath(new URL(`${bench}.ts`, import.meta.url));
  const { status } = spawnSync(process.execPath, ['--import', 'tsx', file, ...options], { stdio: 'inherit' });
  if (status !== 0) process.exitCode = 1;
}
